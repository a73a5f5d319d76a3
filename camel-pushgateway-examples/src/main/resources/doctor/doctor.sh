java -cp 'lib/*' io.github.camelpushgateway.doctor.Doctor http://localhost:9091
