import type { ComponentChildren } from 'preact'
import { t } from '../../lib/extension/text.ts'
import { TroubleBar } from '../common/bar.tsx'
import { Status, StatusNote } from '../common/status-note.tsx'
import { readingWords } from '../common/sync-words.ts'
import type { DeskModel } from '../models/desk.ts'
import { scopeOf } from '../models/place.ts'
import { sentBetween } from '../recipients/sent-rows.tsx'
import { Search } from '../search/search.tsx'
import { AddressBar } from './address-bar.tsx'
import { BegunFate, begunBetween } from './begun-rows.tsx'
import { Empty, Skeleton } from './empty.tsx'
import { Filters } from './filters.tsx'
import { ListHead } from './list-head.tsx'
import { Rows } from './rows.tsx'
import { Scopes } from './scopes.tsx'
import { SelectionBar } from './selection-bar.tsx'

interface Props {
  desk: DeskModel
  /** The panel's own buttons. */
  children?: ComponentChildren
}

function accountOf({ list, accounts, account }: DeskModel) {
  return accounts.value.find(({ id }) => id === list.accountId.value) ?? account.value
}

function areSeveral({ list, accounts }: DeskModel): boolean {
  return accounts.value.length > 1 && list.accountId.value === undefined
}

/** Everything above and in the list of dialogues. */
export function ListPane({ desk, children }: Props) {
  const { list, search, accounts, place } = desk
  const account = accountOf(desk)
  const several = areSeveral(desk)
  return (
    <section class="pane list-pane" aria-label={t('dialogues')}>
      <ListHead desk={desk}>{children}</ListHead>
      <Scopes
        scope={list.scope.value}
        page={place.value && scopeOf(place.value)}
        courses={(account ? [account] : accounts.value).flatMap(({ courses }) => courses)}
        courseId={place.value?.courseId}
        onScope={(scope) => {
          list.setScope(scope)
          search.again()
        }}
      />
      <AddressBar address={desk.address} />
      {search.isOpen.value ? (
        <Search search={search} accounts={several ? accounts.value : []} />
      ) : (
        <List desk={desk} />
      )}
    </section>
  )
}

function List({ desk }: { desk: DeskModel }) {
  const { list, accounts } = desk
  const answer = list.list.value
  const account = accountOf(desk)
  const several = areSeveral(desk)
  const siteNames = new Map(several ? accounts.value.map(({ id, siteName }) => [id, siteName]) : [])
  const trouble = answer?.sync.trouble ?? account?.trouble
  const between = sentBetween(desk) ?? begunBetween(desk, siteNames)
  const fate = desk.begun.last.value
  const scopeKey = JSON.stringify([list.scope.value, list.filter.value, list.sort.value, list.group.value])
  return (
    <>
      <Filters desk={desk} />
      <SelectionBar desk={desk} />
      <TroubleBar trouble={trouble} siteUrl={account?.wwwroot} onTryAgain={desk.refresh} />
      <StatusNote class="list-status">
        {answer && answer.rows.length > 0 && readingWords(answer.sync)}
      </StatusNote>
      <Status>{fate && <BegunFate fate={fate} onUndo={() => void desk.begun.undo()} />}</Status>
      {accounts.value.length > 0 && !answer && <Skeleton />}
      {accounts.value.length === 0 && <p class="empty">{t('noAccounts')}</p>}
      <Status>
        {accounts.value.length > 0 && answer?.rows.length === 0 && !between && (
          <Empty
            scope={list.scope.value}
            filter={list.filter.value}
            sync={answer.sync}
            onNew={() => desk.writeNew()}
            onAll={() => list.toggleFilter('all')}
          />
        )}
      </Status>
      {answer && (answer.rows.length > 0 || between) && (
        <Rows
          key={scopeKey}
          rows={answer.rows}
          hasMore={answer.next !== undefined}
          current={desk.openRef.value}
          siteNames={siteNames}
          onOpen={(ref) => desk.open(ref, true)}
          onNear={desk.prepare}
          onMore={list.more}
          group={list.group.value}
          groups={answer.groups ?? []}
          selection={list.selection}
          onOpenPage={desk.isOwnPage ? undefined : '_top'}
          {...(between ? { between } : {})}
        />
      )}
    </>
  )
}
