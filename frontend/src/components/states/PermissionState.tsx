import { IconLock } from '@tabler/icons-react'
import { Sign, type StateProps, StateSlab } from './StateSlab'

/** Closed to this person: why, and who can open it. */
export function PermissionState(props: StateProps) {
  return <StateSlab {...props} sign={<Sign as={IconLock} />} />
}
