import { t } from '../../lib/extension/text.ts'
import type { DeskModel } from '../models/desk.ts'
import { CloseSheet } from './close-sheet.tsx'
import { DeleteSheet } from './delete-sheet.tsx'
import { KeysSheet } from './keys-sheet.tsx'
import { LabelsSheet } from './labels-sheet.tsx'
import { MarksSheet } from './marks-sheet.tsx'
import { MoveSheet } from './move-sheet.tsx'
import { PersonSheet } from './person-sheet.tsx'
import { SnoozeSheet } from './snooze-sheet.tsx'
import { TimesSheet } from './times-sheet.tsx'

/** What was asked for last, if it is still open. */
export function Sheets({ desk }: { desk: DeskModel }) {
  const { deeds } = desk
  const sheet = deeds.sheet.value
  const onClose = () => {
    deeds.sheet.value = undefined
  }
  switch (sheet?.kind) {
    case undefined:
      return null
    case 'keys':
      return <KeysSheet desk={desk} onClose={onClose} />
    case 'person':
      return <PersonSheet desk={desk} accountId={sheet.accountId} userId={sheet.userId} onClose={onClose} />
    case 'snooze':
      return <SnoozeSheet desk={desk} refs={sheet.refs} onClose={onClose} />
    case 'later':
      return (
        <TimesSheet
          title={t('sendLater')}
          deed={t('sendLater')}
          onChoose={(time) => {
            onClose()
            sheet.send(time)
          }}
          onClose={onClose}
        >
          {t('sendLaterMeans')}
        </TimesSheet>
      )
    case 'labels':
      return <LabelsSheet desk={desk} refs={sheet.refs} onClose={onClose} />
    case 'marks':
      return <MarksSheet desk={desk} target={sheet.ref} onClose={onClose} />
    case 'move':
      return <MoveSheet desk={desk} target={sheet.ref} messageId={sheet.messageId} onClose={onClose} />
    case 'close':
      return <CloseSheet desk={desk} does={sheet.does} onClose={onClose} />
    case 'delete':
      return <DeleteSheet desk={desk} what={sheet} onClose={onClose} />
  }
}
