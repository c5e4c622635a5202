import { escapeAttribute } from './clean-html.ts'

const emoticons: Record<string, [image: string, name: string]> = {
  ':-)': ['smiley', 'smile'],
  ':)': ['smiley', 'smile'],
  ':-D': ['biggrin', 'big grin'],
  ';-)': ['wink', 'wink'],
  ':-/': ['mixed', 'mixed'],
  'V-.': ['thoughtful', 'thoughtful'],
  ':-P': ['tongueout', 'tongue out'],
  ':-p': ['tongueout', 'tongue out'],
  'B-)': ['cool', 'cool'],
  '8-)': ['wideeyes', 'wide eyes'],
  ':-(': ['sad', 'sad'],
  ':(': ['sad', 'sad'],
  '8-o': ['surprise', 'surprise'],
  '(y)': ['yes', 'yes'],
  '(n)': ['no', 'no'],
  '(h)': ['heart', 'heart'],
}
const pattern = new RegExp(
  Object.keys(emoticons)
    .toSorted((a, b) => b.length - a.length)
    .map((code) => code.replace(/[()|.*+?^$[\]\\/]/g, '\\$&'))
    .join('|'),
  'g',
)

const icon = (wwwroot: string, code: string): string => {
  const [image, name] = emoticons[code] ?? ['smiley', 'smile']
  const src = `${wwwroot}/theme/image.php/boost/core/1795292191/s/${image}`
  return `<img class="icon emoticon" alt="${escapeAttribute(name)}" title="${escapeAttribute(name)}" src="${src}">`
}

/** Moodle's emoticon filter replaces in text, but neither in tags nor in code. */
export function emoticonFilter(html: string, wwwroot: string): string {
  let quiet = 0
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      if (/^<(?:pre|code)\b/.test(part)) quiet++
      if (/^<\/(?:pre|code)\b/.test(part)) quiet--
      return part.startsWith('<') || quiet > 0 ? part : part.replace(pattern, (code) => icon(wwwroot, code))
    })
    .join('')
}

/** Moodle's MathJax filter wraps the whole text, not just the formula. */
export function mathFilter(html: string): string {
  const formula = /\$\$[\s\S]+?\$\$|\\\([\s\S]+?\\\)|\\\[[\s\S]+?\\\]/g
  const marked = html.replace(formula, (found) => `<span class="nolink">${found}</span>`)
  return marked === html ? html : `<span class="filter_mathjaxloader_equation">${marked}</span>`
}
