import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useText } from '@/lib/i18n'
import { Button } from '../buttons/Button'
import { texts } from '../texts'
import { Sign, type StateProps, StateSlab } from './StateSlab'

interface ErrorStateProps extends Partial<StateProps> {
  onRetry?: () => void
}

/** What failed, what is kept, and a way to try again. */
export function ErrorState({ title, children, onRetry, ...rest }: ErrorStateProps) {
  const t = useText(texts)
  return (
    <div role="alert">
      <StateSlab
        sign={<Sign as={IconAlertTriangle} danger />}
        title={title ?? t('errorTitle')}
        action={
          onRetry && (
            <Button size="small" icon={IconRefresh} onClick={onRetry}>
              {t('retry')}
            </Button>
          )
        }
        {...rest}
      >
        {children ?? t('errorText')}
      </StateSlab>
    </div>
  )
}
