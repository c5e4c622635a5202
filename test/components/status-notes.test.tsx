// @vitest-environment happy-dom
import { globSync, readFileSync } from 'node:fs'
import { screen, waitFor, within } from '@testing-library/preact'
import { type ComponentChildren, render } from 'preact'
import { describe, expect, it } from 'vitest'
import { TroubleBar } from '../../components/common/bar.tsx'
import { StatusNote } from '../../components/common/status-note.tsx'
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

  it('that is drawn with its words has them after its region', async () => {
    const place = document.body.appendChild(document.createElement('div'))
    render(<StatusNote>Reading</StatusNote>, place)
    const region = within(place).getByRole('status')
    expect(region.textContent).toBe('')
    await waitFor(() => expect(region.textContent).toBe('Reading'))
  })

  it('is nowhere born together with its region, which no screen reader would tell', () => {
    const born = globSync('components/**/*.tsx').filter((file) =>
      /(?:&&|[?:]|return) \(?\s*<\w+[^>]*role="status"[^>]*>(?!\s*\{\w+ && )/.test(
        readFileSync(file, 'utf8'),
      ),
    )
    expect(born).toEqual([])
  })
})
