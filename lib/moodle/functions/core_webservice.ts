import { defineFunction } from '../define.ts'
import { bool, int, list, maybe, opt, params, row, str } from './shapes.ts'

export const core_webservice = {
  /** Whose token it is, and what it may call. The private access key in the answer is left out on purpose. */
  core_webservice_get_site_info: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () => params({ serviceshortnames: opt(list(str)) }),
    returns: () =>
      row({
        sitename: str,
        username: str,
        firstname: str,
        lastname: str,
        fullname: str,
        lang: str,
        userid: int,
        siteurl: str,
        userpictureurl: str,
        functions: list(row({ name: str, version: maybe(str) })),
        release: opt(maybe(str)),
        version: opt(maybe(str)),
        advancedfeatures: opt(list(row({ name: str, value: int }))),
        usermaxuploadfilesize: opt(maybe(int)),
        siteid: opt(maybe(int)),
        userissiteadmin: opt(maybe(bool)),
        theme: opt(maybe(str)),
        limitconcurrentlogins: opt(maybe(int)),
        usersessionscount: opt(maybe(int)),
        policyagreed: opt(maybe(int)),
      }),
  }),
}
