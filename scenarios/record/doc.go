// Package record is what is written down while a scenario is played: plain
// data, facts only. A verdict can be reached again from a [Recording] alone, by
// a later version too.
package record
