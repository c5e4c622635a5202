import { once } from '../once.ts'
import { bool, int, list, maybe, opt, row, str } from './shapes.ts'

/** A course on somebody's dashboard. `courseimage` may be a data URL of many kilobytes and is left out. */
export const courseOnDashboard = once(() =>
  row({
    id: int,
    fullname: str,
    shortname: str,
    idnumber: maybe(str),
    startdate: maybe(int),
    enddate: maybe(int),
    visible: bool,
    fullnamedisplay: str,
    viewurl: str,
    progress: opt(maybe(int)),
    hasprogress: bool,
    isfavourite: bool,
    hidden: bool,
    timeaccess: opt(maybe(int)),
    coursecategory: maybe(str),
  }),
)

export const courseModule = once(() =>
  row({
    id: int,
    course: int,
    module: int,
    name: str,
    modname: str,
    instance: int,
    section: int,
    sectionnum: int,
    groupmode: int,
    groupingid: int,
    completion: int,
    idnumber: opt(maybe(str)),
    visible: opt(maybe(int)),
  }),
)

/** An activity in a section of a course. */
const activity = once(() =>
  row({
    id: int,
    name: str,
    modname: str,
    url: opt(maybe(str)),
    instance: opt(maybe(int)),
    contextid: opt(maybe(int)),
    visible: opt(maybe(int)),
    uservisible: opt(maybe(bool)),
    visibleoncoursepage: opt(maybe(int)),
    modplural: maybe(str),
    noviewlink: opt(maybe(bool)),
    groupmode: opt(maybe(int)),
    dates: opt(list(row({ label: str, timestamp: int, dataid: opt(maybe(str)) }))),
  }),
)

export const section = once(() =>
  row({
    id: int,
    name: str,
    visible: opt(maybe(int)),
    summary: maybe(str),
    summaryformat: int,
    section: opt(maybe(int)),
    uservisible: opt(maybe(bool)),
    modules: list(activity()),
  }),
)
