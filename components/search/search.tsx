import { useLayoutEffect, useRef } from 'preact/hooks'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import type { SearchModel } from '../models/search.ts'
import { Results } from './results.tsx'

interface Props {
  search: SearchModel
  /** More than one, where several are shown together. */
  accounts: AccountView[]
}

/** Where a key leads among the field and everything that was found. */
function step(key: string, at: number, last: number): number | undefined {
  const by = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (by !== undefined) return Math.min(last, Math.max(0, at + by))
  if (at === 0) return undefined
  return { Home: Math.min(1, last), End: last }[key]
}

function move(event: KeyboardEvent, box: HTMLElement | null): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>('.search-field, .hit') ?? [])]
  const next = step(event.key, stops.indexOf(event.target as HTMLElement), stops.length - 1)
  if (next === undefined || !stops.includes(event.target as HTMLElement)) return
  event.preventDefault()
  stops[next]?.focus()
}

export function Search({ search, accounts }: Props) {
  const box = useRef<HTMLElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])

  function onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
    if (event.key !== 'Escape') return move(event, box.current)
    event.preventDefault()
    event.stopPropagation()
    search.close()
  }

  return (
    <search class="search" ref={box} onKeyDown={onKey}>
      <div class="search-bar">
        <input
          class="field search-field"
          type="search"
          ref={field}
          value={search.typed.value}
          aria-label={t('search')}
          placeholder={t('searchPlaceholder')}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => search.type(event.currentTarget.value)}
        />
        {accounts.length > 1 && (
          <select
            class="field"
            aria-label={t('searchAccount')}
            value={search.accountId.value ?? ''}
            onChange={(event) => search.choose(event.currentTarget.value || undefined)}
          >
            <option value="">{t('all')}</option>
            {accounts.map(({ id, siteName, fullName }) => (
              <option key={id} value={id}>
                {siteName} · {fullName}
              </option>
            ))}
          </select>
        )}
      </div>
      <Results
        search={search}
        siteNames={new Map(accounts.length > 1 ? accounts.map(({ id, siteName }) => [id, siteName]) : [])}
      />
    </search>
  )
}
