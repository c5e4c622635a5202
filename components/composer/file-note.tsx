import { t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'

interface Props {
  courseUrl: string | undefined
  onClose: () => void
}

/** Moodle's messages have no attachments; this says where a file can go instead. */
export function FileNote({ courseUrl, onClose }: Props) {
  const root = courseUrl?.replace(/\/course\/.*$/s, '')
  return (
    <div class="note">
      <p>
        {t('noFiles')}
        {courseUrl && (
          <>
            {' '}
            <a href={courseUrl} target="_blank" rel="noreferrer">
              {t('openCourse')}
            </a>
            {' · '}
            <a href={`${root}/user/files.php`} target="_blank" rel="noreferrer">
              {t('privateFiles')}
            </a>
          </>
        )}
      </p>
      <IconButton icon="close" label={t('close')} onClick={onClose} />
    </div>
  )
}
