import { Logo } from '@/components/Logo'

/** The frame as index.html has it, for the moment until the shell is drawn. Who comes from the door has another before him. */
export function Boot() {
  if (document.documentElement.dataset.boot !== 'inside') return null
  return (
    <div className="boot" aria-hidden="true">
      <div className="boot-side">
        <Logo size={34} />
        <b>Parvis</b>
      </div>
      <div className="boot-page">
        <i />
        <i />
        <i />
      </div>
    </div>
  )
}
