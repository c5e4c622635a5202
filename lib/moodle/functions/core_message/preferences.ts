import { defineFunction } from '../../define.ts'
import { once } from '../../once.ts'
import { bool, int, list, maybe, nothing, opt, params, row, str, warnings } from '../shapes.ts'

const notification = once(() =>
  row({
    displayname: str,
    preferencekey: str,
    processors: list(
      row({
        displayname: str,
        name: str,
        locked: bool,
        lockedmessage: opt(maybe(str)),
        userconfigured: int,
        enabled: bool,
      }),
    ),
  }),
)

const preferencesOfUser = once(() =>
  row({
    userid: int,
    disableall: int,
    processors: list(
      row({ displayname: str, name: str, hassettings: bool, contextid: int, userconfigured: int }),
    ),
    components: list(row({ displayname: str, notifications: list(notification()) })),
  }),
)

export const preferences = {
  /** `blocknoncontacts`: 0 people of one's courses, 1 contacts only, 2 the whole site. */
  core_message_get_user_message_preferences: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () => params({ userid: opt(int) }),
    returns: () =>
      row({
        preferences: preferencesOfUser(),
        blocknoncontacts: int,
        entertosend: bool,
        warnings: opt(warnings()),
      }),
  }),
  core_message_get_user_notification_preferences: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () => params({ userid: opt(int) }),
    returns: () => row({ preferences: preferencesOfUser(), warnings: opt(warnings()) }),
  }),
  core_message_get_message_processor: defineFunction({
    type: 'read',
    ajax: true,
    mobile: false,
    params: () => params({ userid: int, name: str }),
    returns: () => row({ systemconfigured: bool, userconfigured: bool }),
  }),
  core_message_message_processor_config_form: defineFunction({
    type: 'write',
    ajax: true,
    mobile: true,
    params: () => params({ userid: int, name: str, formvalues: list(params({ name: str, value: str })) }),
    returns: nothing,
  }),
}
