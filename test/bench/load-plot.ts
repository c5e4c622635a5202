import { at } from './load-day.ts'

export interface Curve {
  name: string
  /** Which of the drawing's colours. */
  colour: 'ours' | 'theirs' | 'ordinary'
  perUserSecond: ArrayLike<number>
}

interface Panel {
  title: string
  curves: Curve[]
  from: number
  to: number
  /** Each point is the mean of so many seconds. */
  step: number
  tickSeconds: number
  line?: { at: number; name: string }
}

const WIDTH = 720
const HEIGHT = 250
const LEFT = 62
const RIGHT = 22
const TOP = 44
const BOTTOM = 46
const USERS = 1000

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 13px }
  .axis, .grid { stroke: #57606a; fill: none }
  .grid { stroke-opacity: .25 }
  .line { fill: none; stroke-width: 1.6; stroke-linejoin: round }
  .ours { stroke: #0550ae } .theirs { stroke: #bc4c00 } .ordinary { stroke: #6e7781 } .theirs, .ordinary { stroke-dasharray: 5 2 }
  .limit { stroke: #cf222e; stroke-dasharray: 2 3 }
  .paper { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .axis, .grid { stroke: #9198a1 }
    .ours { stroke: #58a6ff } .theirs { stroke: #ffa657 } .ordinary { stroke: #9198a1 } .limit { stroke: #ff7b72 }
    .paper { fill: #0d1117 }
  }`

function clock(time: number): string {
  const minutes = Math.round((time - at(0)) / 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** Means of `step` seconds each, as requests per second of a thousand users. */
export function points(curve: ArrayLike<number>, from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) }, (_, i) => {
    let sum = 0
    for (let second = 0; second < step; second++) sum += curve[from + i * step + second] ?? 0
    return (sum / step) * USERS
  })
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function grid(
  { from, to, tickSeconds }: Panel,
  x: (time: number) => number,
  y: (value: number) => number,
  top: number,
) {
  const bottom = y(0)
  const across = Array.from(
    { length: Math.floor((to - from) / tickSeconds) + 1 },
    (_, i) => from + i * tickSeconds,
  )
  const up = Array.from({ length: Math.floor(top / 5) + 1 }, (_, i) => i * 5)
  return [
    ...across.map(
      (time) => `<text x="${number(x(time))}" y="${bottom + 17}" text-anchor="middle">${clock(time)}</text>`,
    ),
    ...up.map((value) => `<path class="grid" d="M${LEFT} ${number(y(value))}H${WIDTH - RIGHT}"/>`),
    ...up.map(
      (value) => `<text x="${LEFT - 8}" y="${number(y(value) + 4)}" text-anchor="end">${value}</text>`,
    ),
    `<path class="axis" d="M${LEFT} ${TOP}V${bottom}H${WIDTH - RIGHT}"/>`,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${bottom + 36}" text-anchor="middle">time of day</text>`,
    `<text transform="translate(16 ${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">requests/s per ${USERS} users</text>`,
  ]
}

function legend(curves: Curve[]): string[] {
  return curves.map(({ name, colour }, i) => {
    const left = LEFT + 10 + i * 215
    return `<path class="line ${colour}" d="M${left} ${TOP - 10}h22"/><text x="${left + 28}" y="${TOP - 6}">${name}</text>`
  })
}

function panel(it: Panel, offset: number): string {
  const drawn = it.curves.map(({ perUserSecond }) => points(perUserSecond, it.from, it.to, it.step))
  const top = Math.max(it.line?.at ?? 0, ...drawn.flat()) * 1.08
  const x = (time: number) => LEFT + ((time - it.from) / (it.to - it.from)) * (WIDTH - LEFT - RIGHT)
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP)
  const lines = drawn.map((values, i) => {
    const path = values
      .map((value, k) => `${number(x(it.from + (k + 0.5) * it.step))} ${number(y(value))}`)
      .join('L')
    return `<path class="line ${it.curves[i]?.colour}" d="M${path}"/>`
  })
  const limit = it.line
    ? [
        `<path class="limit" d="M${LEFT} ${number(y(it.line.at))}H${WIDTH - RIGHT}"/>`,
        `<text x="${WIDTH - RIGHT}" y="${number(y(it.line.at) + 14)}" text-anchor="end">${it.line.name}</text>`,
      ]
    : []
  return [
    `<g transform="translate(0 ${offset})">`,
    `<text class="title" x="${LEFT}" y="18">${it.title}</text>`,
    ...grid(it, x, y, top),
    ...legend(it.curves),
    ...limit,
    ...lines,
    '</g>',
  ].join('\n')
}

export function plot(panels: Panel[]): string {
  const height = HEIGHT * panels.length
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${panels.map(({ title }) => title).join('; ')}">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    ...panels.map((each, i) => panel(each, i * HEIGHT)),
    '</svg>\n',
  ].join('\n')
}
