import { createParser } from './parser.ts'

/** A piece of somebody's HTML, with where it stands in the source. */
export interface HtmlNode {
  /** Empty for text. */
  name: string
  attributes: Record<string, string>
  text: string
  children: HtmlNode[]
  start: number
  /** Exclusive. */
  end: number
}

/** Elements and texts; comments and instructions are left out. */
export function parseHtml(html: string): HtmlNode[] {
  const root = element('', {}, 0)
  const open = [root]
  const add = (node: HtmlNode) => open.at(-1)?.children.push(node)
  const parser = createParser({
    onopentag(name, attributes) {
      const node = element(name, attributes, parser.startIndex)
      add(node)
      open.push(node)
    },
    onclosetag(_name, isImplied) {
      const node = open.pop()
      if (node) node.end = isImplied && !isVoid(node) ? parser.startIndex : parser.endIndex + 1
    },
    ontext(text) {
      add({ ...element('', {}, parser.startIndex), text, end: parser.endIndex + 1 })
    },
  })
  parser.end(html)
  return root.children
}

function element(name: string, attributes: Record<string, string>, start: number): HtmlNode {
  return { name, attributes, text: '', children: [], start, end: start }
}

function isVoid(node: HtmlNode): boolean {
  return node.name === 'br' || node.name === 'img' || node.name === 'hr' || node.name === 'wbr'
}
