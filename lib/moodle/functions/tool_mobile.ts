import { defineFunction } from '../define.ts'
import { bool, int, list, maybe, opt, params, rawText, row, str, warnings } from './shapes.ts'

export const tool_mobile = {
  /** Needs no login. `typeoflogin`: 1 in the app, 2 in a browser, 3 in an embedded browser. */
  tool_mobile_get_public_config: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () => params({}),
    returns: () =>
      row({
        wwwroot: str,
        httpswwwroot: str,
        sitename: str,
        enablewebservices: int,
        enablemobilewebservice: int,
        maintenanceenabled: int,
        maintenancemessage: maybe(str),
        typeoflogin: int,
        launchurl: opt(maybe(str)),
        logourl: opt(maybe(str)),
        compactlogourl: opt(maybe(str)),
        identityproviders: opt(list(row({ name: str, iconurl: maybe(str), url: str }))),
        tool_mobile_disabledfeatures: opt(maybe(str)),
        lang: opt(maybe(str)),
        warnings: opt(warnings()),
      }),
  }),
  tool_mobile_get_config: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () => params({ section: opt(str) }),
    returns: () => row({ settings: list(row({ name: str, value: rawText() })), warnings: opt(warnings()) }),
  }),
  /** The client batches by itself; here for completeness. Not idempotent, because what it carries may not be. */
  tool_mobile_call_external_functions: defineFunction({
    type: 'write',
    ajax: false,
    mobile: true,
    params: () =>
      params({
        requests: list(
          params({
            function: str,
            arguments: opt(str),
            settingraw: opt(bool),
            settingfilter: opt(bool),
            settingfileurl: opt(bool),
            settinglang: opt(str),
          }),
        ),
      }),
    returns: () =>
      row({
        responses: list(row({ error: bool, data: opt(maybe(str)), exception: opt(maybe(str)) })),
      }),
  }),
}
