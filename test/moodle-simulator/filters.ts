/** The filters that a fresh Moodle has switched on, as far as they touch messages. Plain text passes them by. */

type Emoticon = [code: string, image: string, name?: string]

const emoticons: Emoticon[] = [
  [':-)', 'smiley', 'smile'],
  [':)', 'smiley', 'smile'],
  [':-D', 'biggrin', 'big grin'],
  [';-)', 'wink'],
  [':-/', 'mixed'],
  ['V-.', 'thoughtful'],
  [':-P', 'tongueout'],
  [':-p', 'tongueout'],
  ['B-)', 'cool'],
  ['^-)', 'approve'],
  ['8-)', 'wideeyes', 'wide eyes'],
  [':o)', 'clown'],
  [':-(', 'sad'],
  [':(', 'sad'],
  ['8-.', 'shy'],
  [':-I', 'blush'],
  [':-X', 'kiss'],
  ['8-o', 'surprise'],
  ['P-|', 'blackeye', 'black eye'],
  ['8-[', 'angry'],
  ['(grr)', 'angry'],
  ['xx-P', 'dead'],
  ['|-.', 'sleepy'],
  ['}-]', 'evil'],
  ['(h)', 'heart'],
  ['(heart)', 'heart'],
  ['(y)', 'yes'],
  ['(n)', 'no'],
  ['(martin)', 'martin'],
  ['( )', 'egg'],
]

const icon = (wwwroot: string, image: string, name: string): string =>
  `<img class="icon emoticon" alt="${name}" title="${name}" src="${wwwroot}/theme/image.php/boost/core/1795292191/s/${image}">`

/** Replaces wherever the characters stand, in the tags themselves too; only `pre` and `nolink` are spared. */
function emoticonFilter(html: string, wwwroot: string): string {
  let spared = 0
  return html
    .split(/(<\/?(?:span|pre)[^>]*>)/i)
    .map((part) => {
      const opens = /^<(?:span|pre)/i.test(part)
      if (spared > 0) {
        spared += opens ? 1 : /^<\//.test(part) ? -1 : 0
        return part
      }
      if (/^<pre|^<span[^>]+class="nolink/i.test(part)) spared = 1
      return spared > 0 ? part : replaced(part, wwwroot)
    })
    .join('')
}

const replaced = (part: string, wwwroot: string): string =>
  emoticons.reduce(
    (text, [code, image, name]) => text.replaceAll(code, () => icon(wwwroot, image, name ?? image)),
    part,
  )

/** Wraps the whole text, not just the formula. */
function mathFilter(html: string): string {
  const formula = /\$\$[\s\S]*?\$\$|\\\([\s\S]*?\\\)|\\\[[\s\S]*?\\\]/g
  const marked = html.replace(formula, (found) => `<span class="nolink">${found}</span>`)
  return marked === html ? html : `<span class="filter_mathjaxloader_equation">${marked}</span>`
}

const address =
  /(?:https?:\/\/|(?<!:\/\/)www\.)(?:(?:[\p{L}\d][\p{L}\d-]*\.)+[\p{L}\d-]+|(?:\d{1,3}\.){3}\d{1,3})(?::\d*)?(?:[/?#](?:[\p{L}\d.!$&'()*+,;=_~:@/?#-]|%[a-f\d]{2})*)?(?<![\]),.;])/giu

function linked(word: string): string {
  const href = word.startsWith('www.') ? `http://${word}` : word
  if (href === word && /\.(?:jpg|png|gif)$/i.test(href))
    return `<img class="filter_urltolink_image" alt="" src="${href}">`
  return `<a href="${href}" class="_blanktarget">${word}</a>`
}

/** Makes links of bare addresses, and images of those that end like one: their words are gone. */
function addressFilter(html: string): string {
  let inside = 0
  return html
    .split(/(<[^<>]*>)/)
    .map((part) => {
      if (/^<a\s|^<span[^>]+class="nolink"/i.test(part)) inside++
      else if (inside > 0 && /^<\/(?:a|span)>/i.test(part)) inside--
      return part.startsWith('<') || inside > 0 ? part : part.replace(address, linked)
    })
    .join('')
}

export const filtered = (html: string, wwwroot: string): string =>
  emoticonFilter(addressFilter(mathFilter(html)), wwwroot)
