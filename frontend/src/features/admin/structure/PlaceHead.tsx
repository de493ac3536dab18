import { Link } from '@tanstack/react-router'
import { useTitle } from '@/lib/title'
import styles from './structure.module.css'

export interface Step {
  name: string
  to: string
}

/** The name of a unit, programme or cohort, under the places that it is in. */
export function PlaceHead({ name, path, lead }: { name: string; path: readonly Step[]; lead?: string | undefined }) {
  useTitle(name)
  return (
    <div className={styles.head}>
      {path.length > 0 && (
        <ol className={styles.path}>
          {path.map((step) => (
            <li key={step.to}>
              <Link to={step.to}>{step.name}</Link>
            </li>
          ))}
        </ol>
      )}
      <h1>{name}</h1>
      {lead && <p>{lead}</p>}
    </div>
  )
}
