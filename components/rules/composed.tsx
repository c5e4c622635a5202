import { type ComponentChildren, h } from 'preact'

/** What lib/dialogue/compose.ts writes, and nothing else. */
const WRITTEN = new Set('p br strong em ul ol li blockquote pre code a'.split(' '))

function attributesOf(element: Element): Record<string, unknown> {
  if (element instanceof HTMLOListElement) return { start: element.start }
  if (!(element instanceof HTMLAnchorElement) || !/^(https?|mailto):/.test(element.href)) return {}
  return { href: element.href, target: '_blank', rel: 'noopener noreferrer' }
}

/** Made anew, element by element; of all others the words stay. */
function drawn(node: Node): ComponentChildren {
  if (!(node instanceof Element)) return node.textContent
  const inner = [...node.childNodes].map(drawn)
  return WRITTEN.has(node.localName) ? h(node.localName, attributesOf(node), inner) : inner
}

/** Our own message as it is read. What others wrote needs the purifier of components/thread, which weighs more. */
export function Composed({ html }: { html: string }) {
  // Of no window: nothing in it runs or is fetched.
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return (
    <div class="message-body private" dir="auto">
      {[...body.childNodes].map(drawn)}
    </div>
  )
}
