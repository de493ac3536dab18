import { lazy, Suspense } from 'react'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import type { Subject } from './report'
import { texts } from './texts'

const Reporting = lazy(async () => ({ default: (await import('./Reporting')).Reporting }))

type ReportDialogProps = Subject & { open: boolean; onClose: () => void }

/** Tells those who decide on something what is wrong with it, and then that it was told. */
export function ReportDialog({ open, onClose, ...subject }: ReportDialogProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t(titleOf(subject))}>
      <Suspense fallback={null}>
        <Reporting {...subject} onClose={onClose} />
      </Suspense>
    </Dialog>
  )
}

const titleOf = (subject: Subject) =>
  'messageId' in subject ? 'messageTitle' : subject.commentId ? 'commentTitle' : 'postTitle'
