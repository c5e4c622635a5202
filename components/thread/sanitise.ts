import DOMPurify, { type Config } from 'dompurify'

const PROFILE = {
  ALLOWED_TAGS:
    'p br b strong i em u s del ins sub sup ul ol li blockquote pre code a hr h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td img span div'.split(
      ' ',
    ),
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'dir', 'lang', 'colspan', 'rowspan', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  ADD_URI_SAFE_ATTR: ['dir', 'lang', 'colspan', 'rowspan', 'start'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
  // A policy made here would be held to the page's own rules, and the page's owner told of the breach.
  TRUSTED_TYPES_POLICY: null,
} as const satisfies Config

/** Set on a picture whose address was taken off, so that no browser asks for it. */
const HELD_BACK = 'data-held-back'

export interface Origin {
  /** Pictures under this address are the site's own and shown at once. */
  wwwroot: string
  /** The words on the button in place of a foreign picture; `host` is where it would come from. */
  pictureWords: (host: string, alt: string) => string
}

type Purifier = ReturnType<typeof DOMPurify>
let purifier: Purifier | undefined
let ownRoot = ''

/** By where the browser would really go: `..` in an address leads out of the site. */
function isOwn(src: string): boolean {
  if (!URL.canParse(src) || !URL.canParse(ownRoot)) return false
  const [picture, root] = [new URL(src), new URL(ownRoot)]
  return (
    picture.origin === root.origin && picture.pathname.startsWith(`${root.pathname.replace(/\/+$/, '')}/`)
  )
}

function finish(node: Element): void {
  if (node.tagName === 'A') {
    node.setAttribute('target', '_blank')
    node.setAttribute('rel', 'noopener noreferrer')
  }
  const src = node.tagName === 'IMG' && node.getAttribute('src')
  if (!src || isOwn(src)) return
  node.removeAttribute('src')
  node.setAttribute(HELD_BACK, src)
}

/** The hook runs before the nodes enter the page: from then on a picture with an address is fetched. */
function thePurifier(): Purifier {
  if (!purifier) {
    purifier = DOMPurify(window)
    // Read once: reading it takes as long as a message.
    purifier.setConfig(PROFILE)
    purifier.addHook('afterSanitizeAttributes', finish)
  }
  return purifier
}

/** Anything in a message but words and these tags, which are harmless without attributes. */
const UNUSUAL = /<(?!\/?(?:p|br|b|strong|i|em|u|s|sub|sup|ul|ol|li|blockquote|pre|code)>)/i

/** What holds nothing else only has to be read, which takes a tenth of the time; most messages are so. */
function asItIs(html: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content
}

/** As `PROFILE` says, a fragment. */
function purified(html: string): DocumentFragment {
  if (!UNUSUAL.test(html)) return asItIs(html)
  return thePurifier().sanitize(html, { RETURN_DOM_FRAGMENT: true })
}

function hostOf(src: string): string {
  return URL.canParse(src) ? new URL(src).host : ''
}

function askFirst(picture: Element, words: Origin['pictureWords']): void {
  const src = picture.getAttribute(HELD_BACK) ?? ''
  const alt = picture.getAttribute('alt') ?? ''
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'picture-button'
  button.textContent = words(hostOf(src), alt)
  button.addEventListener('click', () => {
    const shown = document.createElement('img')
    Object.assign(shown, { src, alt, referrerPolicy: 'no-referrer' })
    button.replaceWith(shown)
  })
  picture.replaceWith(button)
}

/** A message's headings must not stand in the outline of our screen. */
function asParagraph(heading: Element): void {
  const paragraph = document.createElement('p')
  const strong = document.createElement('strong')
  strong.append(...heading.childNodes)
  paragraph.append(strong)
  heading.replaceWith(paragraph)
}

/** What a stranger wrote, safe to stand in the panel. */
export function sanitise(html: string, { wwwroot, pictureWords }: Origin): DocumentFragment {
  ownRoot = wwwroot
  const fragment = purified(html)
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) asParagraph(heading)
  for (const picture of fragment.querySelectorAll(`[${HELD_BACK}]`)) askFirst(picture, pictureWords)
  for (const picture of fragment.querySelectorAll('img:not([src])')) picture.remove()
  return fragment
}

/** A picture that is not there says what it was and where. */
function asLink(picture: Element): void {
  const link = document.createElement('a')
  const src = picture.getAttribute(HELD_BACK) ?? ''
  link.href = src
  link.textContent = picture.getAttribute('alt') || src
  picture.replaceWith(link)
}

/** The same for paper and files, which fetch nothing: every picture is a link. */
export function sanitiseForPaper(html: string): DocumentFragment {
  ownRoot = ''
  const fragment = purified(html)
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) asParagraph(heading)
  for (const picture of fragment.querySelectorAll(`[${HELD_BACK}]`)) asLink(picture)
  return fragment
}
