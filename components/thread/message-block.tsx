import { Fragment } from 'preact'
import type { MessageView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { useDrawn } from '../common/drawn.ts'
import { dayOf, dayText } from '../common/times.ts'
import type { Block } from './blocks.ts'
import { Message } from './message.tsx'
import type { Chosen } from './message-menu.tsx'

/** Messages this close together share one name. */
const SEQUEL_SECONDS = 300

function isSequel(message: MessageView, before: MessageView | undefined): boolean {
  if (!before || before.authorId !== message.authorId) return false
  return message.timeCreated - before.timeCreated < SEQUEL_SECONDS && !before.does
}

interface Props {
  block: Block
  firstUnreadId: number | undefined
  wwwroot: string
  onMenu: (chosen: Chosen) => void
}

export function MessageBlock({ block, firstUnreadId, wwwroot, onMenu }: Props) {
  const drawn = useDrawn<MessageView>()
  return (
    <div class="message-block">
      {block.messages.map((message, index) => {
        const before = block.messages[index - 1] ?? block.before
        const isNewDay = !before || dayOf(before.timeCreated) !== dayOf(message.timeCreated)
        const isFirstUnread = message.id === firstUnreadId
        const isSame = !isNewDay && !isFirstUnread && isSequel(message, before)
        return drawn(message, [isNewDay, isFirstUnread, isSame, wwwroot].join(), () => (
          <Fragment key={message.id}>
            {isNewDay && (
              <p class="divider">
                <bdi>{dayText(message.timeCreated)}</bdi>
              </p>
            )}
            {isFirstUnread && <p class="divider divider-new">{t('newDivider')}</p>}
            <Message
              message={message}
              isSequel={isSame}
              wwwroot={wwwroot}
              onMenu={(button) => onMenu({ message, button })}
            />
          </Fragment>
        ))
      })}
    </div>
  )
}
