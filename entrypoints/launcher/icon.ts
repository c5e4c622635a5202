const SVG = 'http://www.w3.org/2000/svg'
const BUBBLES = 'M3 4h11v8H8l-3 3v-3H3zM17 8h4v9h-2v3l-3-3h-6v-2'

export function icon(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', BUBBLES)
  svg.append(path)
  return svg
}
