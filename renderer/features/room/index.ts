export { RoomEvents } from "./RoomEvents.tsx";
export { Room, type RoomProps } from "./Room.tsx";
