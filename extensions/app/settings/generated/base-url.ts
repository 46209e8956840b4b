// Generated from app.json, by `npm run generate`. Do not edit.
export const BASE_URL = 'https://checkin.example.com';
