/** The demonstration: what it plants, how it runs its twin. A production start imports nothing of this folder. */
export { provideDesk } from './desks.ts'
export { NotADemonstration, refuseRealUnits } from './guard.ts'
export { type Planted, plantDemo } from './plant.ts'
export { type Progress, progressOf, writeProgress } from './progress.ts'
export { provideSecrets } from './secrets.ts'
export { type RunningTwin, startTwin, type TwinWish } from './twin.ts'
