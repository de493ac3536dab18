import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { isProblem } from '@/api/problem'
import { OnePost } from '@/features/posts/components/OnePost'
import { postQuery } from '@/features/posts/queries'
import { NotFoundPage } from '../NotFoundPage'
import styles from './pages.module.css'
import { postAddresses } from './postAddresses'

/** One post with its discussion, or with the one comment that the address names. */
export function Page() {
  const { postId = '', commentId } = useParams({ strict: false })
  const post = useQuery(postQuery(postId))
  if (isProblem(post.error) && post.error.status === 404) return <NotFoundPage />
  return (
    <div className={styles.cols}>
      <Loaded query={post} lines={6}>
        {(found) => <OnePost key={commentId} post={found} commentId={commentId} to={postAddresses} />}
      </Loaded>
    </div>
  )
}
