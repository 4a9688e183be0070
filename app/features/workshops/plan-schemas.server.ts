import { z } from 'zod'
import { ChangeWorkshop, CreateWorkshop } from '../../../shared/schemas/workshops'
import { readChangedPlan, readNewPlan } from './read-plan'

const Fields = z.record(z.string(), z.string())

/** The form of a new plan. */
export const NewPlanForm = z.preprocess(
  (form) => readNewPlan(Fields.catch({}).parse(form)),
  CreateWorkshop,
)
/** The form of a plan that is changed. */
export const ChangedPlanForm = z.preprocess(
  (form) => readChangedPlan(Fields.catch({}).parse(form)),
  ChangeWorkshop,
)
