export type PlaceKind = 'post' | 'grader' | 'submission' | 'participant' | 'profile' | 'grades' | 'activity'

export interface Landmark {
  kind: PlaceKind
  /** Ends of the page's path; several pages share the id of a body. */
  paths: readonly string[]
  body: RegExp
  /** Each of these has one action. */
  item: string
  /** What of the item is its own, where items stand in one another. */
  own?: string
  /** Says who it is, by `?id=` or `data-userid`; the last one in the item. */
  person?: string
  /** The action stands at the last of these: within it at its end, or beside it. */
  at: string
  where: 'end' | 'after' | 'before'
  /** Said to the writer as it stands there. */
  state?: string
  /** What is drawn anew while the page stands. */
  redrawn?: string
  /** Where this is to be found, an assignment is marked blindly: no action, no name. */
  blind?: string
}

/** Names of people are links to their profiles, unless Moodle hides who they are. */
const PERSON = 'a[href*="/user/view.php?"]'
const COURSE_PAGE = /^page-course-view-/
/** As in "submissionstatussubmitted"; the table around them is called so too. */
const STATE = '[class^="submissionstatus"]:not([class^="submissionstatustable"])'

/**
 * Everything of Moodle's pages that the actions rely on, each with the files of Moodle's that it was read from, in 4.4
 * and 4.5; Boost and Classic draw them alike.
 */
export const LANDMARKS: readonly Landmark[] = [
  {
    kind: 'post',
    // mod/forum/templates/forum_discussion_post.mustache, forum_discussion_nested_v2_first_post.mustache
    paths: ['/mod/forum/discuss.php'],
    body: /^page-mod-forum-discuss$/,
    item: 'article[data-region="post"]',
    own: '[data-content="forum-post"]',
    person: `header ${PERSON}`,
    at: '[data-region="post-actions-container"], .author-header',
    where: 'end',
    redrawn: '[data-content="forum-discussion"]',
  },
  {
    kind: 'grader',
    // mod/assign/templates/grading_navigation.mustache, grading_navigation_user_summary.mustache
    paths: ['/mod/assign/view.php'],
    body: /^page-mod-assign-grader$/,
    item: '[data-region="user-info"]',
    person: `h4 ${PERSON}`,
    at: `h4 ${PERSON}`,
    where: 'before',
    redrawn: '[data-region="user-info"]',
  },
  {
    kind: 'submission',
    // mod/assign/gradingtable.php
    paths: ['/mod/assign/view.php'],
    body: /^page-mod-assign-grading$/,
    item: 'tr[id^="mod_assign_grading-"]',
    person: `td ${PERSON}`,
    at: `td ${PERSON}`,
    where: 'after',
    state: STATE,
    blind: 'tr[id^="mod_assign_grading-"] a[href*="blindid="]',
  },
  {
    kind: 'participant',
    // user/classes/table/participants.php
    paths: ['/user/index.php'],
    body: /^page-course-view-participants$/,
    item: '#participants tbody tr',
    person: `th ${PERSON}`,
    at: `th ${PERSON}`,
    where: 'after',
    redrawn: '#participantsform',
  },
  {
    kind: 'profile',
    // lib/templates/context_header.mustache (4.5), lib/outputrenderers.php (4.4)
    paths: ['/user/view.php', '/user/profile.php'],
    body: /^page-(course-view-|user-profile$)/,
    item: '.page-context-header',
    person: '#message-user-button[data-userid]',
    at: '#message-user-button',
    where: 'after',
  },
  {
    kind: 'grades',
    // grade/templates/user_heading.mustache
    paths: ['/grade/report/user/index.php'],
    body: /^page-grade-report-user-index$/,
    item: '.user-heading',
    person: `h2 ${PERSON}`,
    at: 'h2',
    where: 'end',
  },
  {
    kind: 'activity',
    // course/format/templates/local/content/section/cmitem.mustache, cm.mustache, cm/cmname.mustache
    paths: ['/course/view.php', '/course/section.php'],
    body: COURSE_PAGE,
    item: 'li.activity[data-for="cmitem"]',
    at: '.activityname',
    where: 'end',
    redrawn: '[data-for="course_sectionlist"]',
  },
]

/** The ticks of the participants page, and what Moodle offers for the ticked. */
export const TICKED = {
  // user/index.php, user/classes/table/participants.php
  form: '#participantsform',
  boxes: 'input.usercheckbox:checked',
  after: '#formactionid',
} as const

/** In an activity's item: its link, its name, and the mark of what students do not see. */
export const ACTIVITY = {
  // course/format/templates/local/content/cm.mustache
  link: '.activityname a[href*="/mod/"]',
  name: '[data-activityname]',
  hidden: '.hiddenactivity',
} as const

/** A section and its title, which count what is about its activities. */
export const SECTION = {
  // course/format/templates/local/content/section.mustache, section/header.mustache
  item: 'li[data-for="section"]',
  title: '.sectionname',
} as const

/** In a post: what it is called and what it says. */
export const POST = {
  // mod/forum/templates/forum_discussion_post.mustache, forum_discussion_nested_v2_first_post.mustache
  subject: '[data-region-content="forum-post-core-subject"]',
  words: '[id^="post-content-"]',
} as const

/**
 * In the grader: where the submission stands, somewhere beside the person's name; and the assignment's own id, once
 * the person is drawn.
 */
export const GRADER = {
  // mod/assign/renderer.php, mod/assign/templates/grading_navigation.mustache
  state: STATE,
  drawn: '[data-region="user-info"][data-assignmentid] h4',
} as const

export function landmarksOf(pathname: string, bodyId: string): Landmark[] {
  return LANDMARKS.filter(
    ({ paths, body }) => body.test(bodyId) && paths.some((path) => pathname.endsWith(path)),
  )
}
