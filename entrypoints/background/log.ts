import { createLog } from '../../lib/extension/log.ts'
import { functions } from '../../lib/moodle/index.ts'
import { isKnownCode } from '../../lib/sync/trouble.ts'

/** What this worker does, in words that are known beforehand. */
export const log = createLog({ isFunction: (name) => Object.hasOwn(functions, name), isCode: isKnownCode })
