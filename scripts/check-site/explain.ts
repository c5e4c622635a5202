import { type MoodleError, moodleErrorOf } from '../../lib/moodle/index.ts'

/** What went wrong, in words for whoever runs the check. */
export interface Trouble {
  readonly kind: string
  readonly words: string
}

const ofCode: Readonly<Record<string, Trouble>> = {
  invalidlogin: {
    kind: 'wrong-password',
    words: 'The name or the password is wrong, or the account belongs to a single sign-on.',
  },
  enablewsdescription: {
    kind: 'web-services-off',
    words: 'Web services are switched off on this site. A session works all the same.',
  },
  servicenotavailable: {
    kind: 'mobile-service-off',
    words: 'The mobile service is switched off, so nobody can get a token of it.',
  },
  cannotcreatetoken: {
    kind: 'no-permission',
    words:
      'This account may not make a token. Administrators never may; they make one under Site administration.',
  },
  missingrequiredcapability: { kind: 'no-permission', words: 'This account may not use the service.' },
  accessexception: { kind: 'no-permission', words: 'This token may not do that.' },
  nopermissions: { kind: 'no-permission', words: 'This account may not do that.' },
  invalidtoken: { kind: 'signed-out', words: 'The token does not count any more.' },
  servicerequireslogin: { kind: 'signed-out', words: 'The session has ended.' },
  invalidsesskey: { kind: 'signed-out', words: 'The session has changed.' },
  sitemaintenance: { kind: 'maintenance', words: 'The site is under maintenance.' },
  forcepasswordchangenotice: {
    kind: 'person',
    words: 'This account has to change its password in Moodle first.',
  },
  passwordisexpired: { kind: 'person', words: 'The password has expired; change it in Moodle first.' },
  sitepolicynotagreed: {
    kind: 'person',
    words: 'This account has to agree to the site policy in Moodle first.',
  },
}

const certificates = /CERT|SIGNATURE|SELF_SIGNED|ALTNAME|ERR_TLS|ERR_SSL/

/** `code`: what the network said last, which no error of the library carries. */
export function explain(reason: unknown, code: string | undefined): Trouble {
  const error = moodleErrorOf(reason)
  if (error === undefined)
    return { kind: 'unexpected', words: reason instanceof Error ? reason.message : String(reason) }
  if (error.kind === 'unreachable') return unreachable(error, code)
  if (error.kind === 'bad-status' && error.status === 403 && error.empty) {
    return ofCode.enablewsdescription ?? other(error)
  }
  if (error.kind === 'bad-status' && error.status === 503) return ofCode.sitemaintenance ?? other(error)
  return (error.kind === 'moodle' ? ofCode[error.errorcode] : undefined) ?? other(error)
}

function unreachable(error: MoodleError & { kind: 'unreachable' }, code = ''): Trouble {
  if (certificates.test(code)) {
    return { kind: 'certificate', words: `The site's certificate is not trusted (${code}).` }
  }
  if (error.timedOut) return { kind: 'timed-out', words: 'The site did not answer in time.' }
  return { kind: 'unreachable', words: `The site was not reached${code ? ` (${code})` : ''}.` }
}

const other = (error: MoodleError): Trouble => ({ kind: error.kind, words: error.message })

/** Of the first question, which every Moodle answers to anybody. */
export function explainFirst(reason: unknown, code: string | undefined): Trouble {
  const error = moodleErrorOf(reason)
  if (error?.kind === 'bad-status' && error.status >= 300 && error.status < 400) {
    return {
      kind: 'moved',
      words: 'The address sends elsewhere; try with https, or as the browser shows it.',
    }
  }
  const isOther = error?.kind === 'malformed' || (error?.kind === 'bad-status' && error.status === 404)
  const words = 'There is no Moodle at this address. Try the address that ends before /login or /my.'
  return isOther ? { kind: 'not-a-moodle', words } : explain(reason, code)
}
