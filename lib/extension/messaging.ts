import { defineExtensionMessaging } from '@webext-core/messaging'
import type { Protocol } from './protocol.ts'

/** `ask('dialogues', query)` from any screen; `answer('dialogues', …)` in the worker. */
export const { sendMessage: ask, onMessage: answer } = defineExtensionMessaging<Protocol>()
