import { privacyOf } from '../permission.ts'
import type { User } from '../types.ts'
import { type Handlers, handler, requireSelf, requireUser } from './handler.ts'

const processor = (displayname: string, name: string, hassettings: boolean) => ({
  displayname,
  name,
  hassettings,
  contextid: 11,
  userconfigured: 1,
})

const choice = (displayname: string, name: string) => ({
  displayname,
  name,
  locked: false,
  userconfigured: 1,
  enabled: true,
})

const notificationKinds = [
  {
    displayname: 'Assignment',
    notifications: [
      {
        displayname: 'Assignment notifications',
        preferencekey: 'message_provider_mod_assign_assign_notification',
        processors: [choice('Web', 'popup'), choice('Email', 'email')],
      },
    ],
  },
]

function messagePreferences(user: User) {
  const notifications = [
    {
      displayname: 'Personal messages between users',
      preferencekey: 'message_provider_moodle_instantmessage',
      processors: [choice('Email', 'email')],
    },
  ]
  return {
    preferences: {
      userid: user.id,
      disableall: 0,
      processors: [processor('Email', 'email', true)],
      components: [{ displayname: 'System', notifications }],
    },
    blocknoncontacts: privacyOf(user),
    entertosend: user.preferences.get('message_entertosend') !== '0',
    warnings: [],
  }
}

export const preferenceFunctions: Handlers = {
  core_message_get_user_message_preferences: handler<{ userid: number }>(({ userid }, context) => {
    const user = requireUser(context, userid || context.user.id)
    requireSelf(context, user.id)
    return messagePreferences(user)
  }),
  core_message_get_user_notification_preferences: handler<{ userid: number }>(({ userid }, context) => {
    const user = requireUser(context, userid || context.user.id)
    requireSelf(context, user.id)
    const processors = [processor('Web', 'popup', false), processor('Email', 'email', true)]
    return {
      preferences: { userid: user.id, disableall: 0, processors, components: notificationKinds },
      warnings: [],
    }
  }),
  core_message_get_message_processor: handler<{ userid: number; name: string }>(({ userid }, context) => {
    requireSelf(context, userid)
    return { systemconfigured: true, userconfigured: true }
  }),
  core_message_message_processor_config_form: handler<{ userid: number }>(({ userid }, context) => {
    requireSelf(context, userid)
    return null
  }),
}
