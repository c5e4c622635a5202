// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { screen } from '@testing-library/preact'
import type { ComponentChildren } from 'preact'
import { describe, expect, it } from 'vitest'
import { TroubleBar } from '../../components/common/bar.tsx'
import { PlaceNote } from '../../components/composer/place-note.tsx'
import { UnknownFields } from '../../components/composer/shortcuts.tsx'
import type { DeskModel } from '../../components/models/desk.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { ESSAY } from '../example.ts'
import { draw, useScreen } from './screen.tsx'

useScreen()

const offline: Trouble = { kind: 'offline', mender: 'wait' }
const desk = (personId: number) => ({ place: { value: { ...ESSAY, personId } } }) as unknown as DeskModel

const NOTES: [string, quiet: ComponentChildren, said: ComponentChildren, words: RegExp][] = [
  [
    'a field that is not filled',
    <UnknownFields text="Dear Anna" isForOne />,
    <UnknownFields text="Dear {firstname}" isForOne />,
    /\{firstname\}/,
  ],
  [
    'the page being about somebody else',
    <PlaceNote desk={desk(5)} to="Anna" personId={5} hasText />,
    <PlaceNote desk={desk(6)} to="Anna" personId={5} hasText />,
    /Anna/,
  ],
  [
    'trouble',
    <TroubleBar trouble={undefined} siteUrl={undefined} onTryAgain={() => {}} />,
    <TroubleBar trouble={offline} siteUrl={undefined} onTryAgain={() => {}} />,
    /\w/,
  ],
]

describe('a note', () => {
  it.each(NOTES)('of %s is put into a region that was there before it', (_, quiet, said, words) => {
    const { rerender } = draw(quiet)
    const region = screen.getByRole('status')
    expect(region.textContent).toBe('')
    rerender(<div class="aside">{said}</div>)
    expect(screen.getByRole('status')).toBe(region)
    expect(region.textContent).toMatch(words)
  })

  it.each(['composer', 'rules', 'settings', 'accounts'])(
    'in components/%s is never born together with its region, which no screen reader would tell',
    (folder) => {
      const home = join(import.meta.dirname, '../../components', folder)
      const born = readdirSync(home)
        .filter((name) => name.endsWith('.tsx'))
        .filter((name) =>
          /(&&|\?|:) \(?\s*<\w+[^>]*role="status"/.test(readFileSync(join(home, name), 'utf8')),
        )
      expect(born).toEqual([])
    },
  )
})
