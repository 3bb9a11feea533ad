export const institutions = {} as const;
