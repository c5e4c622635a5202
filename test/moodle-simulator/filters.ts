/** The filters that a fresh Moodle has switched on, as far as they touch messages. Plain text passes them by. */

import { mathFilter } from './math-filter.ts'

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
  ['(y)', 'yes', 'Yes'],
  ['(n)', 'no', 'No'],
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

const media = /<a\s([^>]*href="([^"]*(?:\.mp3|\.mp4|youtube\.com\/watch)[^"]*)"[^>]*)>([^>]*)<\/a>/gi

/** Makes players of links to sounds and films. A text that is the address gives way to the name of the file. */
const mediaFilter = (html: string): string =>
  html.replace(media, (link, attributes: string, href: string, text: string) => {
    if (/class="[^"]*nomediaplugin/.test(attributes)) return link
    const name = text.trim() === href ? (/([^/?]*)(?:\?.*)?$/.exec(href)?.[1] ?? '') : text
    const fallback = `<a class="mediafallbacklink" href="${href}">${name}</a>`
    return `<div class="mediaplugin mediaplugin_videojs d-block"><video title="${name}"><source src="${href}">${fallback}</video></div>`
  })

/** In the order in which a fresh Moodle has them. */
export const filtered = (html: string, wwwroot: string): string =>
  mediaFilter(addressFilter(emoticonFilter(mathFilter(html), wwwroot)))
