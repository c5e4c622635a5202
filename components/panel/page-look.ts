/** Moodle's own colour and type, so that the panel looks at home. */
export interface PageLook {
  primary: string | undefined
  font: string
  size: string
  isDark: boolean
  direction: 'ltr' | 'rtl'
  /** Where the page's navigation bar ends. */
  top: number
}

type Rgb = [number, number, number]

/** Lets the browser read whatever a theme calls a colour. */
function rgbOf(colour: string): (Rgb & { length: 3 }) | undefined {
  const numbers = colour.match(/[\d.]+/g)?.map(Number)
  const [red, green, blue, alpha = 1] = numbers ?? []
  if (red === undefined || green === undefined || blue === undefined || alpha < 0.5) return
  return [red, green, blue]
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function backgroundOf(): Rgb | undefined {
  for (const element of [document.querySelector('#page'), document.body, document.documentElement]) {
    const rgb = element && rgbOf(getComputedStyle(element).backgroundColor)
    if (rgb) return rgb
  }
  return
}

function navigationBottom(): number {
  const bar = document.querySelector('nav.navbar, header.navbar, .navbar.fixed-top')
  return Math.max(0, Math.round(bar?.getBoundingClientRect().bottom ?? 0))
}

export function pageLook(): PageLook {
  const root = getComputedStyle(document.documentElement)
  const body = getComputedStyle(document.body)
  const primary = (root.getPropertyValue('--primary') || root.getPropertyValue('--bs-primary')).trim()
  const background = backgroundOf()
  return {
    primary: primary || undefined,
    font: body.fontFamily,
    size: body.fontSize,
    isDark: background !== undefined && luminance(background) < 0.2,
    direction: root.direction === 'rtl' || body.direction === 'rtl' ? 'rtl' : 'ltr',
    top: navigationBottom(),
  }
}
