/** What is needed of a Moodle page, without needing a DOM. `pageFacts` collects it from a document. */
export interface PageFacts {
  /** The texts of the page's inline scripts. */
  readonly scripts: Iterable<string>
  readonly bodyClass: string
  readonly bodyId: string
  readonly userIdAttribute?: string | null
  readonly lang: string
  readonly dir?: string
}

export interface MoodlePage {
  readonly wwwroot: string
  readonly sesskey: string
  readonly userId?: number
  readonly courseId?: number
  readonly cmid?: number
  readonly contextId?: number
  readonly language: string
  readonly dir: 'ltr' | 'rtl'
  readonly theme?: string
  /** `page-course-view-topics` and the like. */
  readonly pageId: string
  /** `course`, `incourse`, `login`, `embedded`, … */
  readonly layout?: string
  readonly state: 'ok' | 'logged-out' | 'guest' | 'logged-in-as' | 'switched-role'
}

interface ElementLike {
  getAttribute(name: string): string | null
}

/** The part of `Document` that is read. */
export interface DocumentLike {
  readonly scripts: Iterable<{ readonly textContent: string | null }>
  readonly body: { readonly className: string; readonly id: string } | null
  readonly documentElement: { readonly lang: string; readonly dir: string }
  querySelector(selectors: string): ElementLike | null
}

/** Collects what `readPage` needs. Page globals are invisible to a content script, so `M.cfg` is read as text. */
export function pageFacts(document: DocumentLike): PageFacts {
  const person = document.querySelector(
    '[data-region="popover-region"][data-userid],[data-region="message-drawer"] [data-user-id]',
  )
  return {
    scripts: Array.from(document.scripts, (script) => script.textContent ?? ''),
    bodyClass: document.body?.className ?? '',
    bodyId: document.body?.id ?? '',
    userIdAttribute: person && (person.getAttribute('data-userid') ?? person.getAttribute('data-user-id')),
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
  }
}

/** Reads whose page this is and where it stands, or nothing when it is no Moodle. */
export function readPage(facts: PageFacts): MoodlePage | undefined {
  const config = configIn(facts.scripts)
  const { wwwroot, sesskey } = config ?? {}
  if (!config || typeof wwwroot !== 'string' || typeof sesskey !== 'string') return undefined
  const classes = facts.bodyClass.split(/\s+/)
  const numberAfter = (prefix: string) =>
    count(
      classes
        .find((name) => name.startsWith(prefix) && count(name.slice(prefix.length)))
        ?.slice(prefix.length),
    )
  const userId = count(config.userId ?? facts.userIdAttribute)
  const language = config.language
  const theme = config.theme
  const layout = classes.find((name) => name.startsWith('pagelayout-'))?.slice(11)
  return {
    wwwroot,
    sesskey,
    language: typeof language === 'string' ? language : facts.lang,
    dir: facts.dir === 'rtl' || classes.includes('dir-rtl') ? 'rtl' : 'ltr',
    pageId: facts.bodyId,
    state: stateOf(classes, userId),
    ...(userId ? { userId } : {}),
    ...known('courseId', count(config.courseId ?? numberAfter('course-'))),
    ...known('cmid', numberAfter('cmid-')),
    ...known('contextId', count(config.contextid ?? numberAfter('context-'))),
    ...(typeof theme === 'string' ? { theme } : {}),
    ...(layout ? { layout } : {}),
  }
}

const known = <N extends string>(name: N, value: number | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [K in N]?: number }

function count(value: unknown): number | undefined {
  return /^\d+$/.test(String(value)) ? Number(value) : undefined
}

/** Moodle's guest is user 1 unless somebody took great pains. */
function stateOf(classes: string[], userId: number | undefined): MoodlePage['state'] {
  if (classes.includes('notloggedin') || userId === 0) return 'logged-out'
  if (classes.includes('userloggedinas')) return 'logged-in-as'
  if (classes.includes('userswitchedrole')) return 'switched-role'
  return userId === 1 ? 'guest' : 'ok'
}

/** `M.cfg = {…}` has other statements after it on the same line, so its end is found by trying. */
function configIn(scripts: Iterable<string>): Record<string, unknown> | undefined {
  for (const script of scripts) {
    const start = /\bM\.cfg\s*=\s*(?=\{)/.exec(script)
    if (!start) continue
    const text = script.slice(start.index + start[0].length)
    let end = text.indexOf('}')
    for (let tries = 0; tries < 50 && end > 0; tries++) {
      try {
        return JSON.parse(text.slice(0, end + 1))
      } catch {
        end = text.indexOf('}', end + 1)
      }
    }
  }
  return undefined
}
