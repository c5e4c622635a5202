import { type MoodlePage, type PageFacts, readPage } from './page.ts'

export type { MoodlePage }

/**
 * Reads whose page this is out of its HTML, where there is no document: its `wwwroot`, `sesskey` and `userId` are what
 * a session needs besides the browser's cookies. Nothing where the text is no page of a Moodle.
 */
export const readPageText = (html: string): MoodlePage | undefined => readPage(factsOf(html))

function factsOf(html: string): PageFacts {
  const root = /<html\b[^>]*>/i.exec(html)?.[0] ?? ''
  const body = /<body\b[^>]*>/i.exec(html)?.[0] ?? ''
  return {
    scripts: Array.from(html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/gi), ([, text = '']) => text),
    bodyClass: attribute(body, 'class'),
    bodyId: attribute(body, 'id'),
    userIdAttribute: /\sdata-userid="(\d+)"/.exec(html)?.[1] ?? null,
    lang: attribute(root, 'lang'),
    dir: attribute(root, 'dir'),
  }
}

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1] ?? ''
