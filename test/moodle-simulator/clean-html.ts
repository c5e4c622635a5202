import { Parser } from 'htmlparser2'

const tags = new Set(
  (
    'a abbr acronym address b bdo big blockquote br caption center cite code col colgroup dd del dfn dir div dl dt em ' +
    'font h1 h2 h3 h4 h5 h6 hr i img ins kbd li menu nolink ol p pre q rb rp rt ruby s samp small span strike strong sub ' +
    'sup table tbody td tfoot th thead tr tt u ul var video audio source'
  ).split(' '),
)
const withContent = new Set(['script', 'style', 'head', 'title', 'noscript'])
const voids = new Set(['br', 'hr', 'img', 'col', 'source'])
const everywhere = new Set(['title', 'class', 'style', 'dir', 'lang'])
const own: Record<string, string[]> = {
  a: ['href'],
  img: ['src', 'alt', 'width', 'height'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start', 'type'],
}
const schemes = /^(?:https?|ftp|mailto|irc|mms|nntp|news|rtsp|rtmp|teamspeak|gopher):/i
const colours: Record<string, string> = {
  red: '#FF0000',
  blue: '#0000FF',
  green: '#008000',
  black: '#000000',
}
const properties =
  /^(?:color|background-color|font-(?:size|weight|style|family)|text-(?:align|decoration|indent)|margin|padding|border)/

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
export const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', '&quot;')

function safeAddress(value: string): string | undefined {
  const plain = [...value].filter((letter) => letter > ' ').join('')
  return /^[a-z][a-z0-9+.-]*:/i.test(plain) && !schemes.test(plain) ? undefined : value.trim()
}

function cleanStyle(value: string): string | undefined {
  const kept = value.split(';').flatMap((rule) => {
    const [name = '', ...rest] = rule.split(':')
    const setting = rest.join(':').trim()
    if (!properties.test(name.trim()) || setting === '' || /url\(|expression/i.test(setting)) return []
    return [`${name.trim()}:${colours[setting] ?? setting};`]
  })
  return kept.length > 0 ? kept.join('') : undefined
}

function cleanAttribute(tag: string, name: string, value: string): string | undefined {
  if (!everywhere.has(name) && !own[tag]?.includes(name)) return undefined
  if (name === 'href' || name === 'src') return safeAddress(value)
  return name === 'style' ? cleanStyle(value) : value
}

function openTag(tag: string, attributes: Record<string, string>): string | undefined {
  const kept = new Map<string, string>()
  for (const [name, value] of Object.entries(attributes)) {
    const clean = cleanAttribute(tag, name, value)
    if (clean !== undefined) kept.set(name, clean)
  }
  if (tag === 'img') {
    const src = kept.get('src')
    if (src === undefined) return undefined
    if (!kept.has('alt')) kept.set('alt', src.split('/').at(-1) ?? '')
  }
  return `<${tag}${[...kept].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('')}>`
}

/** A whitelist as Moodle's HTML Purifier draws it: class, title, style and foreign images stay. */
export function cleanHtml(html: string): string {
  let out = ''
  let dropped = 0
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        if (withContent.has(tag)) dropped++
        if (dropped === 0 && tags.has(tag)) out += openTag(tag, attributes) ?? ''
      },
      ontext: (text) => {
        if (dropped === 0) out += escapeText(text)
      },
      onclosetag: (tag) => {
        if (dropped === 0 && tags.has(tag) && !voids.has(tag)) out += `</${tag}>`
        if (withContent.has(tag)) dropped--
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.write(html)
  parser.end()
  return out
}
