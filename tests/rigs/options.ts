// What every rig is told.
export interface RigOptions {
  readonly count: number;
  readonly seed: number;
  readonly say: (progress: string) => void;
}
