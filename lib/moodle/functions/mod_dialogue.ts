import { defineFunction } from '../define.ts'
import { user } from './core_user_shapes.ts'
import { bool, int, list, params, str } from './shapes.ts'

export const mod_dialogue = {
  /** The only web service of the Dialogue activity. */
  mod_dialogue_search_users: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () => params({ cmid: int, search: str, searchanywhere: bool, page: int, perpage: int }),
    returns: () => list(user()),
  }),
}
