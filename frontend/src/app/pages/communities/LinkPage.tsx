import { useNavigate } from '@tanstack/react-router'
import { LinkJoining } from '@/features/communities/components/LinkJoining'
import { useLinkToken } from '@/lib/linkToken'
import { paths } from '../../paths'
import styles from '../pages.module.css'

/** Joining a community by a link. */
export function Page() {
  const token = useLinkToken()
  const navigate = useNavigate()
  return (
    <div className={styles.text}>
      <LinkJoining
        token={token}
        onJoined={(communityId) => navigate({ to: paths.community, params: { communityId } })}
      />
    </div>
  )
}
