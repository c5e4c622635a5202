import { createHash } from 'node:crypto'
import { catalogue } from '../catalogue.ts'
import { ajaxException } from '../envelopes.ts'
import { accessException, invalidParameter, serviceNotAvailable } from '../errors.ts'
import { jsonEncode } from '../php.ts'
import { fullname, type State } from '../state.ts'
import { type Handlers, handler } from './handler.ts'
import { picture } from './people.ts'

const RELEASE = '4.5.6 (Build: 20250811)'
const VERSION = '2024100706'
const functions = [...catalogue.values()]
  .filter((info) => info.mobile)
  .map(({ name, version }) => ({ name, version: version ?? VERSION }))

const features = (state: State) =>
  Object.entries({
    usecomments: 1,
    usetags: 1,
    enablenotes: state.settings.enablenotes ? 1 : 0,
    messaging: state.settings.messaging ? 1 : 0,
    enableblogs: 1,
    enablecompletion: 1,
    enablebadges: 1,
    messagingallusers: state.settings.messagingallusers ? 1 : 0,
    enablecustomreports: 1,
    enableglobalsearch: 0,
    mnet_dispatcher_mode: 0,
    enablecompetencies: 1,
  }).map(([name, value]) => ({ name, value }))

export const hasMobileService = ({ settings }: State): boolean =>
  settings.enablewebservices && settings.enablemobilewebservice

export const accessKey = (state: State, userid: number): string =>
  createHash('md5').update(`${state.wwwroot}:key:${userid}`).digest('hex')

const siteInfo = handler<{ serviceshortnames: string[] }>((_args, { state, user }) => ({
  sitename: state.settings.sitename,
  username: user.username,
  firstname: user.firstname,
  lastname: user.lastname,
  fullname: fullname(user),
  lang: user.lang,
  userid: user.id,
  siteurl: state.wwwroot,
  userpictureurl: picture(state, 1),
  functions,
  downloadfiles: 1,
  uploadfiles: 1,
  release: RELEASE,
  version: VERSION,
  mobilecssurl: '',
  advancedfeatures: features(state),
  usercanmanageownfiles: true,
  userquota: 104857600,
  usermaxuploadfilesize: state.settings.maxbytes,
  userhomepage: 1,
  userprivateaccesskey: accessKey(state, user.id),
  siteid: 1,
  sitecalendartype: 'gregorian',
  usercalendartype: 'gregorian',
  userissiteadmin: user.siteadmin,
  theme: 'boost',
  limitconcurrentlogins: 0,
  policyagreed: user.policyagreed ? 1 : 0,
}))

const publicConfig = handler((_args, { state }) => ({
  wwwroot: state.wwwroot,
  httpswwwroot: state.wwwroot,
  sitename: state.settings.sitename,
  guestlogin: state.settings.guestlogin ? 1 : 0,
  rememberusername: 2,
  authloginviaemail: 0,
  registerauth: '',
  forgottenpasswordurl: '',
  authinstructions: '',
  authnoneenabled: 0,
  enablewebservices: state.settings.enablewebservices ? 1 : 0,
  enablemobilewebservice: hasMobileService(state) ? 1 : 0,
  maintenanceenabled: state.settings.maintenance ? 1 : 0,
  maintenancemessage: '',
  typeoflogin: state.settings.typeoflogin,
  launchurl: `${state.wwwroot}/admin/tool/mobile/launch.php`,
  mobilecssurl: '',
  tool_mobile_disabledfeatures: '',
  country: '0',
  agedigitalconsentverification: false,
  supportpage: '',
  supportavailability: 1,
  autolang: 1,
  lang: 'en',
  langmenu: 1,
  langlist: '',
  locale: '',
  tool_mobile_minimumversion: '',
  tool_mobile_iosappid: '633359593',
  tool_mobile_androidappid: 'com.moodle.moodlemobile',
  tool_mobile_setuplink: 'https://download.moodle.org/mobile',
  tool_mobile_qrcodetype: 1,
  warnings: [],
  showloginform: 1,
}))

type BatchArgs = { requests: { function: string; arguments: string }[] }
type Response = { error: boolean; data?: string; exception?: string }

/** Stops at the first error: the rest is missing from the answer. */
const callExternal = handler<BatchArgs>(({ requests }, context) => {
  const responses: Response[] = []
  for (const request of requests) {
    if (!catalogue.get(request.function)?.mobile) {
      responses.push({
        error: true,
        exception: jsonEncode({ errorcode: accessException().errorcode, module: 'webservice' }),
      })
      break
    }
    try {
      const data = context.call(request.function, parsed(request.arguments))
      responses.push({ error: false, data: jsonEncode(data ?? null) })
    } catch (error) {
      responses.push({ error: true, exception: jsonEncode(ajaxException(context.state, error)) })
      break
    }
  }
  return { responses }
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidParameter('arguments')
  }
}

export const siteFunctions: Handlers = {
  core_webservice_get_site_info: siteInfo,
  tool_mobile_get_public_config: publicConfig,
  tool_mobile_get_config: handler((_args, { state }) => ({
    settings: [
      { name: 'fullname', value: state.settings.sitename },
      { name: 'shortname', value: 'Seed' },
      { name: 'summary', value: '' },
      { name: 'tool_mobile_disabledfeatures', value: '' },
    ],
    warnings: [],
  })),
  tool_mobile_call_external_functions: callExternal,
  core_session_time_remaining: handler((_args, { session, sessions, user }) => {
    if (!session) throw serviceNotAvailable()
    return { userid: user.id, timeremaining: sessions.timeRemaining(session) }
  }),
  core_session_touch: handler((_args, { session, sessions }) => {
    if (session) sessions.touch(session)
    return true
  }),
}
