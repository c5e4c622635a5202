import { defineFunction } from '../define.ts'
import { int, params, str } from './shapes.ts'

export const core_courseformat = {
  /** JSON within JSON: `{course, section[], cm[]}` with ids as strings. */
  core_courseformat_get_state: defineFunction({
    type: 'read',
    ajax: true,
    mobile: false,
    params: () => params({ courseid: int }),
    returns: () => str,
  }),
}
