#!/bin/sh
# Makes the voices and faces of the synthetic members. Needs espeak-ng, ffmpeg with libopus and libvpx, and python3.
# The results are committed, so nobody needs to run this; everything that is said or shown here was written for this purpose.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# name  voice  pitch  words a minute  sentence
voice() {
    espeak-ng -v "$2" -p "$3" -s "$4" -g 4 -w "$work/$1.wav" "$5"
    ffmpeg -v error -y -i "$work/$1.wav" -ac 1 -ar 48000 -af "highpass=f=70,loudnorm=I=-23:TP=-3" -f s16le "$work/$1.pcm"
    ffmpeg -v error -y -f s16le -ar 48000 -ac 1 -i "$work/$1.pcm" -c:a libopus -b:a 24k -vbr on -application voip -frame_duration 20 "$work/$1.ogg"
    python3 frames.py voice "$work/$1.ogg" "$work/$1.pcm" "$1.voice"
}

voice ada-1 en-us+f3 55 150 "This week was a bit lighter. I went for a walk on three mornings, and on Thursday I even met a friend."
voice ada-2 en-us+f3 55 150 "When the worry comes, I write it down and look at it again in the evening. Often it is smaller by then."
voice ben-1 en-gb+m3 35 145 "I slept badly again, so I am here with half of my energy. I would like to listen first."
voice ben-2 en-gb+m3 35 145 "The breathing exercise felt strange at the start, but I kept going, and my shoulders came down."
voice cleo-1 en-gb-scotland+f5 60 155 "I want to thank all of you for last week. I thought about what you said the whole way home."
voice cleo-2 en-gb-scotland+f5 60 155 "I told my sister that I need time before I answer. She was surprised, but she waited."
voice dan-1 en-us+m7 28 140 "My check in is a four. Work is loud at the moment, and I notice that I get short with people I like."
voice dan-2 en-us+m7 28 140 "I did half of the homework. The first list was easy. The second one I put away, and I do not know why yet."
voice eve-1 en-gb-x-rp+f2 48 148 "I am Eve. It is my second time here, and it already feels a little less like an exam."
voice eve-2 en-gb-x-rp+f2 48 148 "What helped me was to name it. I said, this is the old fear, and then I made tea."
voice lead-1 en-us+f4 42 138 "Welcome, everybody. Take a breath, feel your feet on the floor. We will go round once, and you may always pass."
voice lead-2 en-us+f4 42 138 "Thank you for sharing that. Who would like to go next? There is no hurry."

ffmpeg -v error -y -f lavfi -i anullsrc=r=48000:cl=mono -t 1 -f s16le "$work/silence.pcm"
ffmpeg -v error -y -f s16le -ar 48000 -ac 1 -i "$work/silence.pcm" -c:a libopus -b:a 24k -application voip -frame_duration 20 "$work/silence.ogg"
python3 frames.py voice "$work/silence.ogg" "$work/silence.pcm" silence.voice

# name  background cb cr  clothes cb cr  sway
face() {
    head="lt(pow((X-W/2-W*0.02*sin(T*PI/2*$6))/(W*0.13),2)+pow((Y-H*0.42-H*0.01*sin(T*PI))/(H*0.21),2),1)"
    body="lt(pow((X-W/2-W*0.01*sin(T*PI/2*$6))/(W*0.33),2)+pow((Y-H*1.04)/(H*0.36),2),1)"
    ffmpeg -v error -y -f lavfi -i "color=black:s=640x480:r=15:d=4,format=yuv420p,geq=\
lum='if($head,172,if($body,96,132+24*sin(X/W*3+T*PI/2)*cos(Y/H*2)))':\
cb='if($head,112,if($body,$4,$2))':cr='if($head,148,if($body,$5,$3))',gblur=sigma=1.6" -c:v ffv1 "$work/$1.mkv"
    for layer in "q 160x120 40k" "h 320x240 90k" "f 640x480 200k"; do
        set -- "$1" $layer
        ffmpeg -v error -y -i "$work/$1.mkv" -s "$3" -c:v libvpx -b:v "$4" -g 999 -keyint_min 999 -auto-alt-ref 0 -lag-in-frames 0 -deadline good -cpu-used 4 "$work/$1-$2.ivf"
        python3 frames.py face "$work/$1-$2.ivf" "$1-$2.face"
    done
}

(face meadow 118 120 140 110 1)
(face dusk 142 134 120 130 3)
(face clay 112 140 118 150 1)
(face sea 146 112 128 138 3)
ls -l ./*.voice ./*.face | awk '{ bytes += $5 } END { print NR " files, " bytes " bytes" }'
