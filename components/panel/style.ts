/** Firefox does not let a content script hand sheets to the page's document; there an element does it. */
export function adoptStyle(root: Document | ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  } catch {
    const style = document.createElement('style')
    style.textContent = css
    const parent = root instanceof Document ? root.head : root
    parent.append(style)
  }
}
