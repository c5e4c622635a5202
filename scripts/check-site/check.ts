import { listings } from '../../lib/moodle/catalogue.ts'
import {
  createMoodleClient,
  functions,
  publicConfig,
  type Reach,
  type Returns,
  restTransport,
  sessionTransport,
  signIn,
} from '../../lib/moodle/index.ts'
import { readPageText } from '../../lib/moodle/page-text.ts'
import { createBrowser, type Fetch } from './browser.ts'
import { explain, explainFirst, type Trouble } from './explain.ts'
import { logInWith } from './log-in.ts'
import { type Median, medians } from './medians.ts'

/** One way to sign in, or none. */
export type Way =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly wstoken: string }
  | { readonly kind: 'session'; readonly cookie: string }
  | { readonly kind: 'nobody' }

export interface Report {
  readonly wwwroot: string
  readonly sitename?: string
  readonly release?: string
  readonly webServices?: boolean
  readonly mobileService?: boolean
  readonly maintenance?: boolean
  readonly transports: Readonly<Record<Reach, 'works' | 'not tried' | Trouble>>
  /** Of the token's own list: described here and not offered there. */
  readonly missing: readonly string[]
  /** Of the functions written by hand: never callable that way, on any site. */
  readonly outOfReach: Readonly<Record<Reach, readonly string[]>>
  readonly medians: readonly Median[]
  readonly trouble?: Trouble
}

type Found = { -readonly [P in keyof Report]: Report[P] }

export async function checkSite(wwwroot: string, way: Way, fetch: Fetch = globalThis.fetch): Promise<Report> {
  const report: Found = {
    wwwroot,
    transports: { rest: 'not tried', session: 'not tried' },
    missing: [],
    outOfReach: outOfReach(),
    medians: [],
  }
  const network = listening(fetch)
  try {
    Object.assign(report, about(await publicConfig({ wwwroot, fetch: network.fetch })))
  } catch (error) {
    return { ...report, trouble: explainFirst(error, network.code()) }
  }
  const options = { wwwroot: safely(wwwroot, report.wwwroot), fetch: network.fetch }
  const attempt = async (kind: Reach, work: () => Promise<void>) => {
    try {
      await work()
      report.transports = { ...report.transports, [kind]: 'works' }
    } catch (error) {
      report.transports = { ...report.transports, [kind]: explain(error, network.code()) }
    }
  }
  if (way.kind === 'token' || way.kind === 'password')
    await attempt('rest', () => overToken(report, way, options))
  if (way.kind === 'session' || way.kind === 'password')
    await attempt('session', () => overSession(report, way, options))
  return { ...report, ...whatFailed(report) }
}

/** No password goes elsewhere, or in clear, because a site names itself differently from what was asked for. */
function safely(asked: string, reported: string): string {
  return new URL(asked).origin === new URL(reported, asked).origin ? reported : asked
}

/** Remembers what the network said, certificates above all; the library's errors carry nothing of it. */
function listening(fetch: Fetch): { fetch: Fetch; code: () => string | undefined } {
  let code: string | undefined
  return {
    code: () => code,
    fetch: async (input, init) => {
      try {
        return await fetch(input, init)
      } catch (error) {
        code = codeIn(error)
        throw error
      }
    },
  }
}

function codeIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeIn(error.cause)
}

const about = (config: Returns<'tool_mobile_get_public_config'>) => ({
  wwwroot: config.wwwroot,
  sitename: config.sitename,
  webServices: config.enablewebservices === 1,
  mobileService: config.enablemobilewebservice === 1,
  maintenance: config.maintenanceenabled === 1,
})

interface Options {
  readonly wwwroot: string
  readonly fetch: Fetch
}

async function overToken(
  report: Found,
  way: Way & { kind: 'token' | 'password' },
  options: Options,
): Promise<void> {
  const { wstoken } = way.kind === 'token' ? way : await signIn.withPassword({ ...options, ...way })
  const moodle = createMoodleClient(restTransport({ ...options, wstoken }))
  const { userid, release } = await moodle.call('core_webservice_get_site_info', {})
  if (release) report.release = release
  report.missing = [...listings()]
    .filter(([name, { mobile }]) => mobile && moodle.supports(name) === false)
    .map(([name]) => name)
  report.medians = [...report.medians, ...(await medians(moodle, userid))]
}

async function overSession(
  report: Found,
  way: Way & { kind: 'session' | 'password' },
  options: Options,
): Promise<void> {
  const browser = createBrowser(options.fetch, way.kind === 'session' ? way.cookie : '')
  const page =
    way.kind === 'password'
      ? await logInWith(browser, options.wwwroot, way)
      : readPageText((await browser.open(`${options.wwwroot}/my/`)).html)
  if (page?.userId === undefined || page.state !== 'ok') {
    throw new Error(`Not logged in (${page?.state ?? 'the login page came again'}).`)
  }
  const moodle = createMoodleClient(
    sessionTransport({ ...options, sesskey: page.sesskey, fetch: browser.fetch }),
  )
  await moodle.call('core_session_time_remaining', {})
  report.medians = [...report.medians, ...(await medians(moodle, page.userId))]
}

const namesNot = (flag: 'ajax' | 'mobile'): string[] =>
  Object.entries(functions)
    .filter(([, definition]) => !definition[flag])
    .map(([name]) => name)

const outOfReach = () => ({ session: namesNot('ajax'), rest: namesNot('mobile') })

/** Something was tried, and nothing of it works. */
function whatFailed({ transports }: Found): { trouble?: Trouble } {
  const tried = Object.values(transports).filter((one) => one !== 'not tried')
  const [failed] = tried.filter((one): one is Trouble => one !== 'works')
  return failed && tried.length > 0 && !tried.includes('works') ? { trouble: failed } : {}
}
