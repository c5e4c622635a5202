import { defineFunction } from '../define.ts'
import { once } from '../once.ts'
import { bool, either, int, list, opt, params, row, str, warnings } from './shapes.ts'

const filter = once(() =>
  params({
    name: str,
    jointype: int,
    // Moodle insists on numbers where a filter has ids; a form has only strings, so these calls travel as JSON.
    values: list(either([int, str])),
    filteroptions: opt(list(params({ name: str, value: str }))),
  }),
)

export const core_table = {
  /** The participants page's own table, as HTML: seconds and megabytes, so only for small roles, and rarely. */
  core_table_get_dynamic_table_content: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () =>
      params({
        component: str,
        handler: str,
        uniqueid: str,
        // Moodle calls these two optional, but hands parameters on by position: without one, the next takes its place.
        sortdata: list(params({ sortby: str, sortorder: str })),
        filters: list(filter()),
        jointype: int,
        firstinitial: str,
        lastinitial: str,
        pagenumber: int,
        pagesize: int,
        hiddencolumns: list(str),
        resetpreferences: bool,
      }),
    returns: () => row({ html: str, warnings: opt(warnings()) }),
  }),
}
