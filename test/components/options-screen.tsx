import { screen } from '@testing-library/preact'
import type { ComponentProps } from 'preact'
import type { Connection } from '../../components/models/connection.ts'
import { createSettingsModel } from '../../components/models/settings.ts'
import { Options } from '../../components/settings/options.tsx'
import { draw } from './screen.tsx'

type Props = ComponentProps<typeof Options>

/** The options page, at one of its tabs. */
export function drawOptions(connection: Connection, first: Props['first'], change: Partial<Props> = {}) {
  const model = createSettingsModel(connection)
  const props = { model, first, version: '1', requestNotifications: async () => true, onTab: () => {} }
  draw(<Options {...props} {...change} />)
  return model
}

/** The teacher's desk, loaded. */
export async function drawDesk(connection: Connection): Promise<void> {
  await drawOptions(connection, 'teachers').load()
  await screen.findByRole('heading', { name: 'For teachers' })
}
