const PATHS = {
  back: 'M10 3 5 8l5 5',
  close: 'M3.5 3.5l9 9m0-9l-9 9',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  plus: 'M8 3v10M3 8h10',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Zm6.5 2a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  eyeOff: 'M2 2l12 12M6.3 3.7A7 7 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-2 2.5M10 11.9a6 6 0 0 1-2 .6C4 12.5 1.5 8 1.5 8a12 12 0 0 1 2.7-3.2',
  check: 'M3 8.5l3.3 3.3L13 4.5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-9.5V8l2.5 1.5',
  warn: 'M8 2.5 1.8 13.5h12.4L8 2.5Zm0 4.2v3.3m0 1.8h.01',
  list: 'M6 4h8M6 8h8M6 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  code: 'M5.5 4.5 2 8l3.5 3.5m5-7L14 8l-3.5 3.5',
  link: 'M6.8 9.2a2.5 2.5 0 0 0 3.6 0l2.3-2.3a2.55 2.55 0 0 0-3.6-3.6L8.3 4.1m.9 2.7a2.5 2.5 0 0 0-3.6 0L3.3 9.1a2.55 2.55 0 0 0 3.6 3.6l.8-.8',
  quote: 'M3 5h4v4c0 1.5-1 2.5-2.5 3M9 5h4v4c0 1.5-1 2.5-2.5 3',
  down: 'M4 6l4 4 4-4',
  star: 'm8 2 1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5L8 2Z',
  mute: 'M8 2a3.5 3.5 0 0 0-3.5 3.5C4.5 10 3 11 3 11h10s-1.5-1-1.5-5.5A3.5 3.5 0 0 0 8 2ZM6.8 13.5a1.4 1.4 0 0 0 2.4 0M2 2l12 12',
  aside: 'M2 3h8a1 1 0 0 1 1 1v3.5a1 1 0 0 1-1 1H5l-2.5 2V8.5H2a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm11 3.5h1a1 1 0 0 1 1 1V11a1 1 0 0 1-1 1h-.5v2l-2.5-2H8',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
