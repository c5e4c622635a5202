import { type SiteAddresses, underPresentRoot } from './site.ts'

export { isOwnUrl, type SiteAddresses, underPresentRoot } from './site.ts'

export type PageKind =
  | 'course'
  | 'assign'
  | 'grader' // an assignment's grader, perhaps at one student
  | 'forum'
  | 'forum-discussion'
  | 'forum-post'
  | 'participants'
  | 'gradebook'
  | 'grades' // one person's; its recipient sees their own there
  | 'profile'
  | 'message'
  | 'activity'
  | 'site'

export interface Page {
  kind: PageKind
  courseId?: number
  cmid?: number
  userId?: number
  discussionId?: number
  postId?: number
  /** Canonical, as a recipient can open it: the assignment and not its grader. */
  url: string
  /** Equal for pages about the same thing, whoever looks at it: the address below the wwwroot. */
  key: string
}

/** What the page itself says (`M.cfg`), where its address does not. */
export interface KnownOfPage {
  courseId?: number
  cmid?: number
}

/** Moodle's front page is a course in its database. */
export const SITE_COURSE = 1

/** Activities whose own page only shows: `url`, `lti`, `resource`, `scorm` and others may lead elsewhere. */
const SHOWS_ITSELF = new Set(
  'assign bigbluebuttonbn board book chat checklist choice choicegroup data dialogue feedback folder forum glossary h5pactivity hotquestion journal lesson page questionnaire quiz scheduler studentquiz survey wiki workshop'.split(
    ' ',
  ),
)

type About = Omit<Page, 'url' | 'key'>
type Reader = (ids: Ids, known: KnownOfPage) => [About, path: string] | undefined

export function pageOf(url: string, wwwroot: string, known: KnownOfPage = {}): Page | undefined {
  const site: SiteAddresses = { wwwroot }
  const own = underPresentRoot(url, site)
  if (own === undefined) return undefined
  const root = rootOf(wwwroot)
  const address = new URL(own)
  const path = own
    .slice(root.length + 1)
    .replace(/[?#].*$/s, '')
    .replace(/(^|\/)$/, '$1index.php')
  const ids = new Ids(address)
  const inCourse = withoutSiteCourse(known)
  const [about, canonical] =
    PAGES.get(path)?.(ids, inCourse) ?? activityPage(path, ids, inCourse) ?? elsewhere(inCourse)
  return { ...about, url: `${root}/${canonical}`, key: canonical }
}

export function coursePageUrl(wwwroot: string, courseId: number): string {
  return `${rootOf(wwwroot)}/course/view.php?id=${courseId}`
}

export function messagePageUrl(wwwroot: string): string {
  return `${rootOf(wwwroot)}/message/index.php`
}

const PAGES = new Map<string, Reader>(
  Object.entries<Reader>({
    'course/view.php': (ids) => {
      const courseId = ids.get('id')
      return courseId && courseId !== SITE_COURSE ? inCoursePage({ kind: 'course', courseId }) : undefined
    },
    'user/index.php': (ids, known) => {
      const courseId = ids.get('id') ?? known.courseId
      if (!courseId || courseId === SITE_COURSE) return undefined
      return [{ kind: 'participants', courseId }, `user/index.php?id=${courseId}`]
    },
    'grade/report/grader/index.php': (ids, known) => {
      const courseId = ids.get('id') ?? known.courseId
      return courseId ? inCoursePage({ kind: 'gradebook', courseId }) : undefined
    },
    'grade/report/user/index.php': (ids, known) => {
      const courseId = ids.get('id') ?? known.courseId
      const userId = ids.get('userid')
      if (!courseId) return undefined
      const about = { courseId, ...(userId ? { userId } : {}) }
      return [{ kind: 'grades', ...about }, `grade/report/user/index.php?id=${courseId}`]
    },
    'mod/assign/view.php': (ids, known) => {
      const cmid = ids.get('id') ?? known.cmid
      if (!cmid) return undefined
      const userId = ids.get('userid')
      const about = { cmid, ...courseOf(known), ...(userId ? { userId } : {}) }
      return [
        { kind: ids.action === 'grader' ? 'grader' : 'assign', ...about },
        `mod/assign/view.php?id=${cmid}`,
      ]
    },
    'mod/forum/discuss.php': (ids, known) => {
      const discussionId = ids.get('d')
      if (!discussionId) return undefined
      const postId = ids.get('parent') ?? ids.post
      const about = { ...known, discussionId }
      const address = `mod/forum/discuss.php?d=${discussionId}`
      if (!postId) return [{ kind: 'forum-discussion', ...about }, address]
      return [{ kind: 'forum-post', ...about, postId }, `${address}&parent=${postId}`]
    },
    'user/view.php': profile,
    'user/profile.php': profile,
    'message/index.php': (ids) => {
      const userId = ids.get('id')
      return [{ kind: 'message', ...(userId ? { userId } : {}) }, 'message/index.php']
    },
  }),
)

function profile(ids: Ids, known: KnownOfPage): [About, string] | undefined {
  const userId = ids.get('id')
  if (!userId) return undefined
  const courseId = ids.get('course') ?? known.courseId
  if (!courseId || courseId === SITE_COURSE)
    return [{ kind: 'profile', userId }, `user/profile.php?id=${userId}`]
  return [{ kind: 'profile', userId, courseId }, `user/view.php?id=${userId}&course=${courseId}`]
}

function activityPage(path: string, ids: Ids, known: KnownOfPage): [About, string] | undefined {
  const [, name = '', file] = /^mod\/([a-z][a-z0-9]*)\/(.+)$/.exec(path) ?? []
  const cmid = known.cmid ?? ids.get('cmid') ?? (file === 'view.php' ? ids.get('id') : undefined)
  if (!cmid) return undefined
  const about = { cmid, ...courseOf(known) }
  const kind = name === 'forum' || name === 'assign' ? name : 'activity'
  if (SHOWS_ITSELF.has(name)) return [{ kind, ...about }, `mod/${name}/view.php?id=${cmid}`]
  return known.courseId ? [{ kind, ...about }, `course/view.php?id=${known.courseId}`] : undefined
}

function elsewhere(known: KnownOfPage): [About, string] {
  return known.courseId ? inCoursePage({ kind: 'course', courseId: known.courseId }) : [{ kind: 'site' }, '']
}

function inCoursePage(about: About & { courseId: number }): [About, string] {
  return [about, `course/view.php?id=${about.courseId}`]
}

function withoutSiteCourse(known: KnownOfPage): KnownOfPage {
  if (known.courseId !== SITE_COURSE) return known
  return known.cmid === undefined ? {} : { cmid: known.cmid }
}

function courseOf({ courseId }: KnownOfPage): { courseId?: number } {
  return courseId === undefined ? {} : { courseId }
}

/** The numbers in an address. */
class Ids {
  private readonly address: URL

  constructor(address: URL) {
    this.address = address
  }

  get(name: string): number | undefined {
    return numberIn(this.address.searchParams.get(name))
  }

  get action(): string | null {
    return this.address.searchParams.get('action')
  }

  /** `#p7`, a post in a discussion. */
  get post(): number | undefined {
    return numberIn(/^#p(\d+)$/.exec(this.address.hash)?.[1])
  }
}

function numberIn(value: string | null | undefined): number | undefined {
  return value && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined
}

function rootOf(wwwroot: string): string {
  return wwwroot.replace(/\/+$/, '')
}
