import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { sanitise } from './sanitise.ts'

function pictureWords(host: string, alt: string): string {
  return alt ? t('showPictureNamed', alt, host) : t('showPicture', host)
}

export function MessageBody({ html, wwwroot }: { html: string; wwwroot: string }) {
  const body = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    body.current?.replaceChildren(sanitise(html, { wwwroot, pictureWords }))
  }, [html, wwwroot])
  return <div class="message-body private" dir="auto" ref={body} />
}
