export { Room, type RoomProps } from "./Room.tsx";
