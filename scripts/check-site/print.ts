import type { Report } from './check.ts'

const yes = (value: boolean | undefined) => (value ? 'on' : 'off')
const LISTED = 12

/** What a site says of itself must not steer the terminal, nor turn the line around. */
const STEERING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

function listed(names: readonly string[]): string[] {
  const shown = names.slice(0, LISTED).map((name) => `    ${name}`)
  return names.length > LISTED
    ? [...shown, `    … and ${names.length - LISTED} more (--json has all)`]
    : shown
}

function transportLines({ transports }: Report): string[] {
  const said = Object.entries(transports).map(([kind, state]) => [
    kind === 'rest' ? 'token' : 'session',
    typeof state === 'string' ? state : state.words,
  ])
  return said.map(([kind = '', words]) => `  ${kind.padEnd(9)}${words}`)
}

/** For people; `--json` for programs. */
export function inWords(report: Report): string {
  return linesOf(report)
    .map((line) => line.replace(STEERING, ''))
    .join('\n')
}

function linesOf(report: Report): string[] {
  const { wwwroot, sitename, release, trouble } = report
  if (sitename === undefined) return [wwwroot, `  ${trouble?.words ?? ''}`]
  return [
    `${sitename}  ${wwwroot}`,
    `  release  ${release ?? 'not told without a token'}`,
    `  web services ${yes(report.webServices)}, mobile service ${yes(report.mobileService)}${report.maintenance ? ', under maintenance' : ''}`,
    ...transportLines(report),
    ...(report.transports.rest === 'works'
      ? [`  ${report.missing.length} functions of the catalogue are missing here`, ...listed(report.missing)]
      : []),
    `  out of reach on any site: ${report.outOfReach.session.length} of the written functions for a session, ${report.outOfReach.rest.length} for a token`,
    ...(report.medians.length > 0 ? ['  medians of five'] : []),
    ...report.medians.map(
      ({ function: name, transport, ms }) => `    ${String(ms).padStart(8)} ms  ${name} (${transport})`,
    ),
  ]
}
