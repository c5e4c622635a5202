import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { type TextKey, t } from '../../lib/extension/text.ts'

interface Props {
  title: string
  head: readonly TextKey[]
  rows: readonly (readonly ComponentChildren[])[]
}

/** Rows under a heading, whose first column names them; or the word that there are none. */
export function Table({ title, head, rows }: Props) {
  const id = useId()
  return (
    <>
      <h4 id={id}>{title}</h4>
      {rows.length === 0 ? (
        <p class="hint">{t('none')}</p>
      ) : (
        <div class="table-frame">
          <table class="table" aria-labelledby={id}>
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {t(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first, ...others], at) => (
                <tr key={at}>
                  <th scope="row">{first}</th>
                  {others.map((cell, column) => (
                    <td key={head[column + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
