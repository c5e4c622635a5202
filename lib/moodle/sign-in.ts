import { checkAnswer } from './check.ts'
import { createMoodleClient } from './client.ts'
import { exceptionIn, exceptionOfItem, isRecord, refusal } from './envelope.ts'
import { type Fault, moodleError } from './errors.ts'
import type { Returns } from './function-map.ts'
import { type Asked, requestJson } from './http.ts'
import { mobileService, withLaunchPage } from './launch-page.ts'
import { functions } from './registry.ts'
import { restTransport } from './rest.ts'
import type { TransportOptions } from './transport.ts'

const patience = 30_000

export interface AskOptions extends TransportOptions {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

export interface PasswordOptions extends AskOptions {
  readonly username: string
  readonly password: string
  readonly service?: string
}

/**
 * Exchanges a name and password for a token (`login/token.php`). For programs: the extension never asks for a
 * password. Rejects with a `MoodleError`; its `errorcode` is `invalidlogin` (wrong, or an account of a single sign-on),
 * `enablewsdescription` (web services are off), `servicenotavailable` (no mobile service), `cannotcreatetoken` (not
 * for administrators), `forcepasswordchangenotice`, `sitepolicynotagreed`, `sitemaintenance`, …
 */
async function withPassword(options: PasswordOptions): Promise<{ wstoken: string }> {
  const { username, password, service = mobileService } = options
  const body = new URLSearchParams({ username, password, service })
  const answer = await requestJson(options, asked(options, '/login/token.php', body))
  if ('fault' in answer) throw moodleError('login/token.php', answer.fault)
  const exception = exceptionIn(answer.json)
  if (exception) throw moodleError('login/token.php', refusal(exception, [password]))
  const wstoken = isRecord(answer.json) ? answer.json.token : undefined
  if (typeof wstoken !== 'string') throw moodleError('login/token.php', malformed('token'))
  return { wstoken }
}

/** Whose token is it, and what may it do? For a pasted key too. Rejects with `invalidtoken` where it counts no more. */
function checkToken(
  options: TransportOptions & { readonly wstoken: string },
): Promise<Returns<'core_webservice_get_site_info'>> {
  return createMoodleClient(restTransport(options)).call('core_webservice_get_site_info', {})
}

/**
 * What a site says of itself to anybody: maintenance, web services, how to log in
 * (`tool_mobile_get_public_config` over `lib/ajax/service-nologin.php`). Needs no login and sends no cookie. An
 * answer that is `malformed` or a 404 means that there is no Moodle at this address.
 */
export async function publicConfig(options: AskOptions): Promise<Returns<'tool_mobile_get_public_config'>> {
  const name = 'tool_mobile_get_public_config'
  const body = JSON.stringify([{ index: 0, methodname: name, args: {} }])
  const answer = await requestJson(
    options,
    asked(options, `/lib/ajax/service-nologin.php?info=${name}`, body),
  )
  if ('fault' in answer) throw moodleError(name, answer.fault)
  const whole = exceptionIn(answer.json)
  if (whole) throw moodleError(name, refusal(whole, []))
  const item = Array.isArray(answer.json) ? answer.json[0] : undefined
  const exception = isRecord(item) && item.error !== false ? exceptionOfItem(item.exception) : undefined
  if (exception) throw moodleError(name, refusal(exception, []))
  const checked = checkAnswer(name, functions[name], isRecord(item) ? item.data : undefined)
  if ('error' in checked) throw checked.error
  return checked.value as Returns<typeof name>
}

const asked = (options: AskOptions, path: string, body: URLSearchParams | string): Asked => ({
  address: `${options.wwwroot}${path}`,
  method: 'post',
  body,
  credentials: 'omit',
  signal: options.signal ?? new AbortController().signal,
  timeoutMs: options.timeoutMs ?? patience,
})

const malformed = (path: string): Fault => ({ kind: 'malformed', path, html: false, debugOutput: false })

/** The three ways to a token. No private token is ever kept. */
export const signIn = { withLaunchPage, withPassword, checkToken }
